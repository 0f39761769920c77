//! Feelings along a journey to lines: numbers for one small drawing a stage, which join over the borders of their cells.
//!
//! Across, everything is in per cent of a cell; down, in pixels of a drawing whose height is known. So a drawing is never
//! stretched, whatever the width of its cell, and still joins its neighbours.

use serde::Serialize;

/// How high a drawing is and where the scale stands in it, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The drawing's height.
    pub height: f64,
    /// Where nothing is felt, neither good nor bad.
    pub zero: f64,
    /// Pixels from one step of the scale to the next.
    pub step: f64,
}

impl Frame {
    /// The lane of the map.
    pub const LANE: Frame = Frame { height: 168.0, zero: 80.0, step: 28.0 };
    /// What is meant and what is felt, under the lane of the map.
    pub const GAP: Frame = Frame { height: 132.0, zero: 64.0, step: 24.0 };
    /// A journey on the front page and in prose.
    pub const CARD: Frame = Frame { height: 108.0, zero: 58.0, step: 19.0 };
    /// The strip above a stage.
    pub const STRIP: Frame = Frame { height: 48.0, zero: 24.0, step: 9.0 };

    /// The pixel of a feeling from -2 to 2.
    pub fn y(self, felt: f64) -> f64 {
        rounded(self.zero - self.step * felt)
    }
}

/// One touchpoint of a stage: its number and what each line has there, from -2 to 2.
#[derive(Debug, Clone)]
pub struct Stop {
    /// The touchpoint's number in the journey.
    pub number: usize,
    /// Whether trust is won or lost here.
    pub moment: bool,
    /// As many as there are lines; `None` leaves a gap.
    pub felt: Vec<Option<f64>>,
}

/// One stage's drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Its height in pixels.
    pub height: f64,
    /// The pixel of neither good nor bad.
    pub zero: f64,
    /// The pixel at which the bad half ends.
    pub bottom: f64,
    /// The lines of the scale beside zero, in pixels.
    pub grid: Vec<f64>,
    /// Whether it is not the first, so that a rule parts it from its neighbour.
    pub ruled: bool,
    /// Numbers under the touchpoints.
    pub ticks: Vec<Tick>,
    /// Moments of truth, in per cent.
    pub moments: Vec<f64>,
    /// The lines; the first one is drawn last, on top.
    pub lines: Vec<Line>,
}

/// A touchpoint's number under the curve.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// Per cent across.
    pub x: f64,
    /// Its number.
    pub number: usize,
}

/// One persona's part of a drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Which persona: 1, 2, …
    pub persona: usize,
    /// Its dash and mark: 1 to 6.
    pub style: usize,
    /// Its mark, around the origin.
    pub mark: &'static str,
    /// What it is drawn of.
    pub segments: Vec<Segment>,
    /// Where its marks stand.
    pub points: Vec<Point>,
}

/// A straight piece of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Segment {
    /// Its beginning, per cent across.
    pub x1: f64,
    /// Its end.
    pub x2: f64,
    /// Its beginning, pixels down.
    pub y1: f64,
    /// Its end.
    pub y2: f64,
}

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Per cent across.
    pub x: f64,
    /// Pixels down.
    pub y: f64,
}

/// A line's name beside its end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Label {
    /// Which persona: 1, 2, …
    pub persona: usize,
    /// Its dash and mark: 1 to 6.
    pub style: usize,
    /// Pixels down, of the words' base line.
    pub y: f64,
}

/// How many dashes and marks there are; a seventh persona looks like the first.
pub const STYLES: usize = 6;

/// Marks around the origin: disc, square, plus, ring, block and half disc. Not the shapes of states, pains or moments.
const MARKS: [&str; STYLES] = [
    "M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z",
    "M-3-3h6v6h-6z",
    "M-4-1h3v-3h2v3h3v2h-3v3h-2v-3h-3z",
    "M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z",
    "M-3-3h6v6h-6z",
    "M-4 2a4 4 0 0 1 8 0z",
];

/// The dash and mark of the persona at `index`: 1 to 6.
pub fn style(index: usize) -> usize {
    index % STYLES + 1
}

/// The mark of a style.
pub fn mark(style: usize) -> &'static str {
    MARKS[(style - 1) % STYLES]
}

/// Where the touchpoint at `index` of `count` stands in its cell, in per cent.
pub fn across(index: usize, count: usize) -> f64 {
    100.0 * (index as f64 + 0.5) / count as f64
}

/// The drawings of a journey's stages, from left to right.
pub fn cells(stages: &[Vec<Stop>], lines: usize, frame: Frame) -> Vec<Cell> {
    let mut cells: Vec<Cell> =
        stages.iter().enumerate().map(|(index, stops)| empty(index, stops, frame, lines)).collect();
    for line in 0..lines {
        draw(line, stages, frame, &mut cells);
    }
    cells
}

fn empty(index: usize, stops: &[Stop], frame: Frame, lines: usize) -> Cell {
    let x = |at: usize| rounded(across(at, stops.len()));
    Cell {
        height: frame.height,
        zero: frame.zero,
        bottom: frame.y(-2.0),
        grid: [2.0, 1.0, -1.0, -2.0].map(|felt| frame.y(felt)).to_vec(),
        ruled: index > 0,
        ticks: stops.iter().enumerate().map(|(at, stop)| Tick { x: x(at), number: stop.number }).collect(),
        moments: stops.iter().enumerate().filter(|(_, stop)| stop.moment).map(|(at, _)| x(at)).collect(),
        lines: (0..lines)
            .map(|line| Line {
                persona: line + 1,
                style: style(line),
                mark: mark(style(line)),
                segments: Vec::new(),
                points: Vec::new(),
            })
            .collect(),
    }
}

/// Draws one line through all cells. It breaks at a touchpoint without a value and at a stage without touchpoints.
fn draw(line: usize, stages: &[Vec<Stop>], frame: Frame, cells: &mut [Cell]) {
    let mut last: Option<(usize, f64, f64)> = None;
    for (stage, stops) in stages.iter().enumerate() {
        for (at, stop) in stops.iter().enumerate() {
            let Some(felt) = stop.felt.get(line).copied().flatten() else {
                last = None;
                continue;
            };
            let (x, y) = (across(at, stops.len()), frame.y(felt));
            cells[stage].lines[line].points.push(Point { x: rounded(x), y });
            match last {
                Some((from, x1, y1)) if from == stage => cells[stage].lines[line].segments.push(segment(x1, x, y1, y)),
                Some((from, x1, y1)) if from + 1 == stage => {
                    // Cells are equally wide: the border lies between the two as their distances to it say.
                    let border = y1 + (y - y1) * (100.0 - x1) / (100.0 - x1 + x);
                    cells[from].lines[line].segments.push(segment(x1, 100.0, y1, border));
                    cells[stage].lines[line].segments.push(segment(0.0, x, border, y));
                }
                _ => {}
            }
            last = Some((stage, x, y));
        }
        if stops.is_empty() {
            last = None;
        }
    }
}

fn segment(x1: f64, x2: f64, y1: f64, y2: f64) -> Segment {
    Segment { x1: rounded(x1), x2: rounded(x2), y1: rounded(y1), y2: rounded(y2) }
}

/// The same drawing for a reader whose language runs from right to left.
pub fn mirror(cell: &mut Cell) {
    let across = |x: &mut f64| *x = rounded(100.0 - *x);
    cell.ticks.iter_mut().for_each(|tick| across(&mut tick.x));
    cell.moments.iter_mut().for_each(across);
    for line in &mut cell.lines {
        line.points.iter_mut().for_each(|point| across(&mut point.x));
        for segment in &mut line.segments {
            across(&mut segment.x1);
            across(&mut segment.x2);
        }
    }
}

/// Where the names of the lines stand in the last drawing: near their ends, off the lines and off each other. In pixels.
pub fn labels(cell: &Cell) -> Vec<Label> {
    /// A name's height above and below its base line.
    const ABOVE: f64 = 12.0;
    const BELOW: f64 = 4.0;
    /// Names reach from the far end over this share of the cell.
    const REACH: f64 = 45.0;
    let drawn: Vec<f64> = cell.lines.iter().flat_map(|line| &line.segments).flat_map(samples(REACH)).collect();
    let points = cell.lines.iter().flat_map(|line| &line.points).filter(|point| point.x >= REACH).map(|point| point.y);
    let drawn: Vec<f64> = drawn.into_iter().chain(points).collect();
    let mut labels: Vec<Label> = Vec::new();
    for line in &cell.lines {
        let Some(end) = line.points.last() else { continue };
        let cost = |y: f64| {
            let inside = |other: &f64| *other > y - ABOVE - 3.0 && *other < y + BELOW + 3.0;
            let crossed = drawn.iter().filter(|other| inside(other)).count() as f64;
            let covered = labels.iter().filter(|label| (label.y - y).abs() < ABOVE + BELOW).count() as f64;
            (y - 4.0 - end.y).abs() + 12.0 * crossed + 400.0 * covered
        };
        let places = (0..).map(|step| 14.0 + 2.0 * f64::from(step)).take_while(|y| *y < cell.height - 20.0);
        if let Some(y) = places.min_by(|one, other| cost(*one).total_cmp(&cost(*other))) {
            labels.push(Label { persona: line.persona, style: line.style, y });
        }
    }
    labels
}

/// Heights of a segment at every fifth per cent beyond `from`.
fn samples(from: f64) -> impl Fn(&Segment) -> Vec<f64> {
    move |segment| {
        (0..=20)
            .map(|step| 5.0 * f64::from(step))
            .filter(|x| *x >= from && *x >= segment.x1 && *x <= segment.x2 && segment.x2 > segment.x1)
            .map(|x| segment.y1 + (segment.y2 - segment.y1) * (x - segment.x1) / (segment.x2 - segment.x1))
            .collect()
    }
}

/// A feeling from -2 to 2 on a line that runs from 4 to 96 per cent.
pub fn on_scale(felt: f64, mirrored: bool) -> f64 {
    let felt = if mirrored { -felt } else { felt };
    rounded(50.0 + 23.0 * felt.clamp(-2.0, 2.0))
}

/// To two decimals, which is finer than any screen.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(number: usize, felt: Option<f64>) -> Stop {
        Stop { number, moment: false, felt: vec![felt] }
    }

    #[test]
    fn lines_join_at_the_border_of_their_cells() {
        let stages = vec![vec![stop(1, Some(-0.5)), stop(2, Some(1.0))], vec![stop(3, Some(0.0))]];
        let cells = cells(&stages, 1, Frame::LANE);
        let out = cells[0].lines[0].segments[1];
        let into = cells[1].lines[0].segments[0];
        assert_eq!((out.x2, into.x1), (100.0, 0.0));
        assert_eq!(out.y2, into.y1);
        assert_eq!(cells[0].lines[0].points[0], Point { x: 25.0, y: 94.0 });
    }

    #[test]
    fn a_touchpoint_without_a_value_leaves_a_gap() {
        let stages = vec![vec![stop(1, Some(1.0)), stop(2, None), stop(3, Some(1.0))]];
        let line = &cells(&stages, 1, Frame::LANE)[0].lines[0];
        assert!(line.segments.is_empty());
        assert_eq!(line.points.len(), 2);
    }

    #[test]
    fn a_stage_without_touchpoints_leaves_a_gap() {
        let stages = vec![vec![stop(1, Some(1.0))], vec![], vec![stop(2, Some(1.0))]];
        assert!(cells(&stages, 1, Frame::CARD).iter().all(|cell| cell.lines[0].segments.is_empty()));
    }

    #[test]
    fn names_stand_apart() {
        let both = Stop { number: 1, moment: false, felt: vec![Some(1.0), Some(1.0), Some(0.9)] };
        let cells = cells(&[vec![both]], 3, Frame::LANE);
        let labels = labels(&cells[0]);
        assert_eq!(labels.len(), 3);
        for (at, label) in labels.iter().enumerate() {
            assert!(labels[at + 1..].iter().all(|other| (other.y - label.y).abs() >= 16.0));
        }
    }

    #[test]
    fn right_to_left_runs_the_other_way() {
        let stages = vec![vec![stop(1, Some(-0.5)), stop(2, Some(1.0))]];
        let mut cells = cells(&stages, 1, Frame::LANE);
        mirror(&mut cells[0]);
        assert_eq!(cells[0].lines[0].points[0].x, 75.0);
    }
}

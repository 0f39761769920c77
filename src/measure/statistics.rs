//! Counts to intervals and tests, at 95 %.
//!
//! Nothing here divides by zero or gives what is no number: where a formula says nothing, the answer is `None`.

/// The quantile of the normal distribution that leaves 2.5 % above it.
const Z: f64 = 1.959_963_984_540_054;

/// An interval that holds the true value with 95 % confidence. An end that the answers do not reach is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Interval {
    /// The lower end, in the figure's unit.
    pub low: Option<f64>,
    /// The upper end, in the figure's unit.
    pub high: Option<f64>,
}

impl Interval {
    /// An interval of which both ends are known.
    pub fn known(low: f64, high: f64) -> Interval {
        Interval { low: Some(low), high: Some(high) }
    }
}

/// What a test says of two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// The later one is higher, beyond chance.
    Up,
    /// The later one is lower, beyond chance.
    Down,
    /// Chance alone may have done it.
    Unclear,
}

impl Change {
    /// The word that other programs read.
    pub fn name(self) -> &'static str {
        match self {
            Change::Up => "up",
            Change::Down => "down",
            Change::Unclear => "no-clear-change",
        }
    }

    /// From a figure that is normal with mean 0 and deviation 1 where nothing changed.
    pub fn of_z(z: f64) -> Change {
        match z {
            z if z > Z => Change::Up,
            z if z < -Z => Change::Down,
            _ => Change::Unclear,
        }
    }
}

/// The interval of a share, in per cent; `None` with fewer than two answers.
///
/// Source: E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, JASA 22 (1927), 209–212.
pub fn wilson(kept: u64, n: u64) -> Option<Interval> {
    if n < 2 || kept > n {
        return None;
    }
    let (kept, count) = (kept as f64, n as f64);
    let share = kept / count;
    let wide = 1.0 + Z * Z / count;
    let centre = share + Z * Z / (2.0 * count);
    let half = Z * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    let percent = |end: f64| (100.0 * end / wide).clamp(0.0, 100.0);
    // At the edges the formula gives them exactly; rounding must not push an end over the share itself.
    let (low, high) = (percent(centre - half).min(100.0 * share), percent(centre + half).max(100.0 * share));
    Some(Interval::known(low, high))
}

/// Answers that speak for, neither and against: promoters, passives and detractors, for example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides {
    /// For.
    pub up: u64,
    /// Neither.
    pub middle: u64,
    /// Against.
    pub down: u64,
}

impl Sides {
    /// How many answers they are.
    pub fn n(self) -> u64 {
        self.up + self.middle + self.down
    }

    /// The share of those for less the share of those against, -100 to 100.
    pub fn net(self) -> Option<f64> {
        (self.n() > 0).then(|| 100.0 * (self.up as f64 - self.down as f64) / self.n() as f64)
    }

    /// The adjusted net, its variance and its count: shares, three quarters of an answer added on either side.
    fn adjusted(self) -> (f64, f64, f64) {
        let n = self.n() as f64 + 3.0;
        let (up, down) = ((self.up as f64 + 0.75) / n, (self.down as f64 + 0.75) / n);
        let net = up - down;
        (net, (up + down - net * net).max(0.0), n)
    }
}

/// The interval of a net score, within ±100; `None` with fewer than two answers.
///
/// Source: the adjusted Wald interval of B. Rocks, “Interval estimation for the ‘net promoter score’”, The American Statistician 70
/// (2016), 365–372.
pub fn adjusted_wald(sides: Sides) -> Option<Interval> {
    if sides.n() < 2 {
        return None;
    }
    let net = sides.net()?;
    let (centre, variance, n) = sides.adjusted();
    let half = Z * (variance / n).sqrt();
    let ends = [centre - half, centre + half].map(|end| (100.0 * end).clamp(-100.0, 100.0));
    Some(Interval::known(ends[0].min(net), ends[1].max(net)))
}

/// Whether a net score changed: the difference of the adjusted scores over its deviation. `None` with fewer than two answers on
/// either side.
///
/// Source: as [`adjusted_wald`], section on differences of independent samples.
pub fn net_change(before: Sides, after: Sides) -> Option<f64> {
    if before.n() < 2 || after.n() < 2 {
        return None;
    }
    let ((one, one_variance, one_n), (two, two_variance, two_n)) = (before.adjusted(), after.adjusted());
    over(two - one, one_variance / one_n + two_variance / two_n)
}

/// Whether a share changed: the two-sample test with the pooled share. `None` with fewer than two answers on either side.
///
/// Source: the score test for two proportions; A. Agresti, “Categorical data analysis”, 3rd edition, section 3.2.
pub fn share_change(before: (u64, u64), after: (u64, u64)) -> Option<f64> {
    let ((kept, n), (then_kept, then_n)) = (before, after);
    if n < 2 || then_n < 2 || kept > n || then_kept > then_n {
        return None;
    }
    let (n, then_n) = (n as f64, then_n as f64);
    let pooled = (kept as f64 + then_kept as f64) / (n + then_n);
    over(then_kept as f64 / then_n - kept as f64 / n, pooled * (1.0 - pooled) * (1.0 / n + 1.0 / then_n))
}

/// A difference over its deviation; 0 where nothing varies and nothing differs.
fn over(difference: f64, variance: f64) -> Option<f64> {
    match variance > 0.0 {
        true => Some(difference / variance.sqrt()).filter(|z| z.is_finite()),
        false => (difference == 0.0).then_some(0.0),
    }
}

/// A mean of some answers and how they spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their variance with `n - 1` below; 0 for one answer.
    pub variance: f64,
}

impl Spread {
    /// Of values with their counts; `None` where there are none.
    pub fn of(counts: impl Iterator<Item = (f64, u64)> + Clone) -> Option<Spread> {
        let n: u64 = counts.clone().map(|(_, count)| count).sum();
        if n == 0 {
            return None;
        }
        let mean = counts.clone().map(|(value, count)| value * count as f64).sum::<f64>() / n as f64;
        let squares: f64 = counts.map(|(value, count)| (value - mean).powi(2) * count as f64).sum();
        Some(Spread { n, mean, variance: if n > 1 { squares / (n - 1) as f64 } else { 0.0 } })
    }
}

/// The interval of a mean, within its scale; `None` with fewer than two answers.
///
/// Source: Student, “The probable error of a mean”, Biometrika 6 (1908), 1–25.
pub fn mean_interval(spread: Spread, scale: (f64, f64)) -> Option<Interval> {
    if spread.n < 2 {
        return None;
    }
    let half = student(spread.n - 1) * (spread.variance / spread.n as f64).sqrt();
    let (low, high) = scale;
    Some(Interval::known((spread.mean - half).clamp(low, high), (spread.mean + half).clamp(low, high)))
}

/// Whether a mean changed, as a normal figure: Welch's. `None` with fewer than two answers on either side.
///
/// Source: B. L. Welch, “The generalization of ‘Student's’ problem …”, Biometrika 34 (1947), 28–35. The critical value is that of
/// Student's distribution, so the figure is scaled to be compared with the normal one.
pub fn mean_change(before: Spread, after: Spread) -> Option<f64> {
    if before.n < 2 || after.n < 2 {
        return None;
    }
    let (one, two) = (before.variance / before.n as f64, after.variance / after.n as f64);
    let t = over(after.mean - before.mean, one + two)?;
    let below = one * one / (before.n - 1) as f64 + two * two / (after.n - 1) as f64;
    let freedom = if below > 0.0 { (one + two).powi(2) / below } else { 1.0 };
    Some(t * Z / student(freedom.clamp(1.0, 1e12) as u64))
}

/// The quantile of Student's distribution that leaves 2.5 % above it.
///
/// Source: M. Abramowitz and I. Stegun, “Handbook of mathematical functions”: the distribution is 26.7.3 and 26.7.4, its expansion for
/// many degrees of freedom 26.7.5.
fn student(freedom: u64) -> f64 {
    let nu = freedom.max(1) as f64;
    if freedom > 200 {
        let (z3, z5, z7) = (Z.powi(3), Z.powi(5), Z.powi(7));
        return Z
            + (z3 + Z) / (4.0 * nu)
            + (5.0 * z5 + 16.0 * z3 + 3.0 * Z) / (96.0 * nu * nu)
            + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * Z) / (384.0 * nu * nu * nu);
    }
    // The share between -t and t grows with t.
    bisected(0.0, 20.0, |t| within(t, freedom.max(1)) < 0.95)
}

/// The share of Student's distribution between `-t` and `t`.
fn within(t: f64, freedom: u64) -> f64 {
    let nu = freedom as f64;
    let angle = (t / nu.sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let mut term = if freedom % 2 == 1 { cosine } else { 1.0 };
    let mut sum = if freedom == 1 { 0.0 } else { term };
    let mut below = if freedom % 2 == 1 { 3 } else { 2 };
    while below < freedom {
        term *= cosine * cosine * (below - 1) as f64 / below as f64;
        sum += term;
        below += 2;
    }
    if freedom % 2 == 1 { 2.0 / std::f64::consts::PI * (angle + sine * sum) } else { sine * sum }
}

/// Where `below` turns false between `low` and `high`.
fn bisected(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// The ranks, from 1, of the sorted answers between which the quantile `share` lies. `None` on a side: so few answers do not reach
/// 95 %.
///
/// Source: order statistics and the binomial distribution; W. J. Conover, “Practical nonparametric statistics”, 3rd edition, 3.2.
pub fn ranks(n: u64, share: f64) -> (Option<u64>, Option<u64>) {
    let tail = binomial_below(n, share);
    // The largest rank `l` with P(B < l) ≤ 2.5 %, and the smallest `u` with P(B ≥ u) ≤ 2.5 %.
    let low = tail.iter().take_while(|(_, below)| *below <= 0.025).map(|(rank, _)| *rank).last();
    let high = tail.iter().find(|(_, below)| *below >= 0.975).map(|(rank, _)| *rank);
    (low.filter(|rank| *rank >= 1), high.filter(|rank| *rank <= n))
}

/// `(k, P(B < k))` for every `k` from where it is nothing to where it is all, in order.
fn binomial_below(n: u64, share: f64) -> Vec<(u64, f64)> {
    let odds = share / (1.0 - share);
    let mode = (((n + 1) as f64) * share).floor().clamp(0.0, n as f64) as u64;
    // Weights from the mode outwards, until they no longer count; their sum makes them shares.
    let mut down = Vec::new();
    let (mut weight, mut at) = (1.0, mode);
    while at > 0 && weight > 1e-18 {
        weight *= at as f64 / ((n - at + 1) as f64 * odds);
        at -= 1;
        down.push((at, weight));
    }
    let mut weights: Vec<(u64, f64)> = down.into_iter().rev().collect();
    weights.push((mode, 1.0));
    let (mut weight, mut at) = (1.0, mode);
    while at < n && weight > 1e-18 {
        weight *= (n - at) as f64 * odds / (at + 1) as f64;
        at += 1;
        weights.push((at, weight));
    }
    let all: f64 = weights.iter().map(|(_, weight)| weight).sum();
    let mut sum = 0.0;
    let mut below: Vec<(u64, f64)> = weights
        .into_iter()
        .map(|(at, weight)| {
            let before = sum / all;
            sum += weight;
            (at, before)
        })
        .collect();
    below.extend(below.last().map(|(at, _)| (at + 1, 1.0)));
    below
}

/// The interval of a number of events.
///
/// Source: F. Garwood, “Fiducial limits for the Poisson distribution”, Biometrika 28 (1936), 437–442; above a million events the
/// approximation of Wilson and Hilferty (1931), which there is exact to a thousandth of an event in a thousand.
pub fn poisson(events: u64) -> Interval {
    let count = events as f64;
    let cubed = |count: f64, z: f64| count * (1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt())).powi(3);
    if events > 1_000_000 {
        return Interval::known(cubed(count, -Z), cubed(count + 1.0, Z));
    }
    let reach = 8.0 * count.sqrt() + 8.0;
    // P(X ≥ events) grows with the mean, P(X ≤ events) falls with it.
    let low = match events {
        0 => 0.0,
        events => bisected((count - reach).max(0.0), count, |mean| 1.0 - poisson_below(events, mean) < 0.025),
    };
    let high = bisected(count, count + reach, |mean| poisson_below(events + 1, mean) > 0.025);
    Interval::known(low, high)
}

/// P(X < `events`) for a mean over 0.
fn poisson_below(events: u64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 1.0;
    }
    let mode = mean.floor();
    let (mut below, mut above) = (0.0, 0.0);
    let mut add = |at: f64, weight: f64| if at < events as f64 { below += weight } else { above += weight };
    add(mode, 1.0);
    let (mut weight, mut at) = (1.0, mode);
    while at > 0.0 && weight > 1e-18 {
        weight *= at / mean;
        at -= 1.0;
        add(at, weight);
    }
    let (mut weight, mut at) = (1.0, mode);
    while weight > 1e-18 {
        at += 1.0;
        weight *= mean / at;
        add(at, weight);
    }
    below / (below + above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ends(interval: Option<Interval>) -> (f64, f64) {
        let interval = interval.expect("there are answers enough");
        (interval.low.expect("known"), interval.high.expect("known"))
    }

    fn near(found: f64, wanted: f64, by: f64) {
        assert!((found - wanted).abs() <= by, "{found}, but {wanted} was wanted");
    }

    #[test]
    fn net_promoter_scores() {
        for (up, middle, down, score, low, high) in [
            (8, 1, 1, 70.0, 14.73, 92.96),
            (10, 0, 0, 100.0, 47.50, 100.0),
            (50, 30, 20, 30.0, 14.05, 44.20),
            (500, 300, 200, 30.0, 25.08, 34.74),
            (0, 10, 0, 0.0, -18.47, 18.47),
        ] {
            let sides = Sides { up, middle, down };
            near(sides.net().unwrap(), score, 1e-9);
            let found = ends(adjusted_wald(sides));
            near(found.0, low, 0.005);
            near(found.1, high, 0.005);
        }
    }

    #[test]
    fn shares() {
        for (kept, n, low, high) in [
            (9, 10, 59.58, 98.21),
            (10, 10, 72.25, 100.0),
            (0, 10, 0.0, 27.75),
            (60, 100, 50.20, 69.06),
            (425, 500, 81.60, 87.86),
        ] {
            let found = ends(wilson(kept, n));
            near(found.0, low, 0.005);
            near(found.1, high, 0.005);
        }
    }

    #[test]
    fn too_few_answers_have_no_interval() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(1, 1), None);
        assert_eq!(adjusted_wald(Sides::default()), None);
        assert_eq!(adjusted_wald(Sides { up: 1, ..Sides::default() }), None);
        assert_eq!(mean_interval(Spread { n: 1, mean: 4.0, variance: 0.0 }, (1.0, 7.0)), None);
        assert_eq!(Sides::default().net(), None);
        assert_eq!(Spread::of(std::iter::empty()), None);
        assert_eq!(ranks(0, 0.5), (None, None));
        assert_eq!(net_change(Sides::default(), Sides::default()), None);
        assert_eq!(share_change((0, 0), (0, 0)), None);
    }

    /// Tables of Student's distribution, two-sided 95 %.
    #[test]
    fn students_quantiles() {
        for (freedom, quantile) in [
            (1, 12.706_205),
            (2, 4.302_653),
            (3, 3.182_446),
            (4, 2.776_445),
            (5, 2.570_582),
            (10, 2.228_139),
            (29, 2.045_230),
            (30, 2.042_272),
            (99, 1.984_217),
            (200, 1.971_896),
            (201, 1.971_837),
            (1_000, 1.962_339),
            (1_000_000_000, 1.959_964),
        ] {
            near(student(freedom), quantile, 1e-6);
        }
    }

    #[test]
    fn means_stay_on_their_scale() {
        let spread = Spread::of([(6.0, 5), (7.0, 5)].into_iter()).unwrap();
        near(spread.mean, 6.5, 1e-12);
        // s = 0.527046, t(9) = 2.262157: 6.5 ± 0.377027
        let found = ends(mean_interval(spread, (1.0, 7.0)));
        near(found.0, 6.122_974, 1e-5);
        near(found.1, 6.877_026, 1e-5);
        let wide = Spread::of([(1.0, 1), (7.0, 1)].into_iter()).unwrap();
        assert_eq!(ends(mean_interval(wide, (1.0, 7.0))), (1.0, 7.0));
    }

    /// Tables of confidence limits for the median and the ninth decile.
    #[test]
    fn ranks_of_quantiles() {
        for (n, share, wanted) in [
            (5, 0.5, (None, None)),
            (6, 0.5, (Some(1), Some(6))),
            (10, 0.5, (Some(2), Some(9))),
            (20, 0.5, (Some(6), Some(15))),
            (100, 0.5, (Some(40), Some(61))),
            (10, 0.9, (Some(7), None)),
            (35, 0.9, (Some(28), None)),
            (36, 0.9, (Some(29), Some(36))),
        ] {
            assert_eq!(ranks(n, share), wanted, "{share} of {n}");
        }
        let (low, high) = ranks(1_000_000, 0.5);
        near(low.unwrap() as f64, 499_020.0, 2.0);
        near(high.unwrap() as f64, 500_981.0, 2.0);
    }

    /// Garwood's table.
    #[test]
    fn numbers_of_events() {
        for (events, low, high) in [
            (0, 0.0, 3.6889),
            (1, 0.0253, 5.5716),
            (2, 0.2422, 7.2247),
            (3, 0.6187, 8.7673),
            (5, 1.6235, 11.6683),
            (10, 4.7954, 18.3904),
            (20, 12.2165, 30.8884),
            (100, 81.3640, 121.6268),
        ] {
            let found = ends(Some(poisson(events)));
            near(found.0, low, 5e-5);
            near(found.1, high, 5e-5);
        }
        // Where the approximation begins, it goes on as the exact one ended.
        let (exact, approximate) = (ends(Some(poisson(1_000_000))), ends(Some(poisson(1_000_001))));
        near(approximate.0 - exact.0, 1.0, 0.01);
        near(approximate.1 - exact.1, 1.0, 0.01);
    }

    #[test]
    fn no_arrow_without_a_test() {
        let sides = |up, middle, down| Sides { up, middle, down };
        let change = |before, after| Change::of_z(net_change(before, after).unwrap());
        assert_eq!(change(sides(50, 30, 20), sides(52, 30, 18)), Change::Unclear);
        assert_eq!(change(sides(500, 300, 200), sides(600, 300, 100)), Change::Up);
        assert_eq!(change(sides(600, 300, 100), sides(500, 300, 200)), Change::Down);
        let shares = |before, after| Change::of_z(share_change(before, after).unwrap());
        assert_eq!(shares((90, 100), (95, 100)), Change::Unclear);
        assert_eq!(shares((85, 100), (97, 100)), Change::Up);
        assert_eq!(shares((10, 10), (10, 10)), Change::Unclear);
        let spread = |low, high| Spread::of([(3.0, low), (5.0, high)].into_iter()).unwrap();
        assert_eq!(Change::of_z(mean_change(spread(50, 50), spread(20, 80)).unwrap()), Change::Up);
        assert_eq!(Change::of_z(mean_change(spread(5, 5), spread(4, 6)).unwrap()), Change::Unclear);
        assert_eq!(Change::of_z(mean_change(spread(5, 0), spread(5, 0)).unwrap()), Change::Unclear);
    }

    fn holds(interval: Interval, point: f64, scale: (f64, f64)) {
        for end in [interval.low, interval.high].into_iter().flatten() {
            assert!(end.is_finite() && (scale.0..=scale.1).contains(&end), "{end} is not within {scale:?}");
        }
        assert!(interval.low.is_none_or(|low| low <= point), "{interval:?} does not hold {point}");
        assert!(interval.high.is_none_or(|high| high >= point), "{interval:?} does not hold {point}");
    }

    fn width(interval: Interval) -> f64 {
        interval.high.unwrap() - interval.low.unwrap()
    }

    proptest! {
        #[test]
        fn a_share_lies_in_its_interval(n in 2_u64..1_000_000_000, part in 0.0..=1.0_f64, times in 2_u64..100) {
            let kept = (n as f64 * part) as u64;
            let interval = wilson(kept, n).unwrap();
            holds(interval, 100.0 * kept as f64 / n as f64, (0.0, 100.0));
            prop_assert!(width(wilson(kept * times, n * times).unwrap()) < width(interval));
        }

        #[test]
        fn a_net_score_lies_in_its_interval(
            up in 0_u64..1_000_000, middle in 0_u64..1_000_000, down in 0_u64..1_000_000, times in 2_u64..100,
        ) {
            let sides = Sides { up, middle, down };
            prop_assume!(sides.n() >= 2);
            let interval = adjusted_wald(sides).unwrap();
            holds(interval, sides.net().unwrap(), (-100.0, 100.0));
            let more = adjusted_wald(Sides { up: up * times, middle: middle * times, down: down * times }).unwrap();
            prop_assert!(width(more) <= width(interval) + 1e-9);
        }

        #[test]
        fn a_mean_lies_in_its_interval(counts in prop::collection::vec(0_u64..10_000, 7), times in 2_u64..100) {
            let of = |times: u64| Spread::of((1..).zip(&counts).map(|(value, count)| (f64::from(value), *count * times)));
            let Some(spread) = of(1).filter(|spread| spread.n >= 2) else { return Ok(()) };
            let interval = mean_interval(spread, (1.0, 7.0)).unwrap();
            holds(interval, spread.mean, (1.0 - 1e-9, 7.0 + 1e-9));
            let more = of(times).unwrap();
            prop_assert!(width(mean_interval(more, (1.0, 7.0)).unwrap()) <= width(interval) + 1e-9);
        }

        #[test]
        fn a_quantile_lies_between_its_ranks(n in 2_u64..200_000, tenths in 1_u32..10) {
            let share = f64::from(tenths) / 10.0;
            let (low, high) = ranks(n, share);
            let rank = (n as f64 * share).ceil() as u64;
            prop_assert!(low.is_none_or(|low| (1..=rank).contains(&low)), "{low:?} {rank}");
            prop_assert!(high.is_none_or(|high| (rank..=n).contains(&high)), "{rank} {high:?}");
        }

        #[test]
        fn a_number_of_events_lies_in_its_interval(events in 0_u64..50_000) {
            holds(poisson(events), events as f64, (0.0, f64::MAX));
        }

        #[test]
        fn no_test_gives_what_is_no_number(
            a in (0_u64..1_000_000, 0_u64..1_000_000, 0_u64..1_000_000),
            b in (0_u64..1_000_000, 0_u64..1_000_000, 0_u64..1_000_000),
        ) {
            let sides = |(up, middle, down)| Sides { up, middle, down };
            let spread = |(low, middle, high)| Spread::of([(1.0, low), (4.0, middle), (7.0, high)].into_iter());
            let found = [
                net_change(sides(a), sides(b)),
                share_change((a.0, a.0 + a.1), (b.0, b.0 + b.1)),
                spread(a).zip(spread(b)).and_then(|(one, two)| mean_change(one, two)),
            ];
            prop_assert!(found.into_iter().flatten().all(f64::is_finite), "{found:?}");
        }
    }
}

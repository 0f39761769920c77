//! The panel, the shares kept and the trust floors to `trust.json`.

use super::*;

/// `trust.json`: a panel beside which nothing is blended into one score, and where trust is lowest.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TrustJson {
    #[serde(flatten)]
    head: Head,
    /// The panel.
    panel: PanelJson,
    /// All promises.
    promises: StandingJson,
    /// Promises by the department that has to keep them.
    departments: Vec<GroupJson>,
    /// Promises by the stage on which they are in force: `journey/stage`.
    stages: Vec<GroupJson>,
    /// Promises by the part of trust that they carry.
    pillars: Vec<GroupJson>,
    /// Trust floors.
    journeys: Vec<FloorJson>,
}

/// Figures that stand beside each other.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PanelJson {
    /// The trust question.
    trust: Vec<PanelFigureJson>,
    /// The lowest of the journeys' floors.
    floor: Option<PanelFloorJson>,
    /// Satisfaction.
    satisfaction: Vec<PanelFigureJson>,
    /// Effort.
    effort: Vec<PanelFigureJson>,
    /// Whether what has a review date was looked at in time.
    freshness: FreshnessJson,
}

/// A metric's figure.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PanelFigureJson {
    /// The metric's id.
    metric: String,
    #[serde(flatten)]
    cell: CellJson,
}

/// The lowest floor of all.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PanelFloorJson {
    /// The journey's id.
    journey: String,
    /// The department's id.
    department: String,
    /// The share of the kept, 0 to 100.
    share: f64,
}

/// Reviews in time.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FreshnessJson {
    /// How many things have a review date.
    reviewed: u64,
    /// How many of these dates have passed.
    overdue: u64,
    /// The share of those in time, 0 to 100; `null` where nothing has a date.
    share: Option<f64>,
}

/// Promises that have something in common.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct GroupJson {
    /// The id of what they have in common.
    id: String,
    #[serde(flatten)]
    standing: StandingJson,
}

/// How some promises do.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct StandingJson {
    /// How many are kept.
    kept: u32,
    /// How many are broken.
    broken: u32,
    /// How many are at risk; these judge nothing.
    at_risk: u32,
    /// How many are made and no more.
    made: u32,
    /// How many are withdrawn.
    withdrawn: u32,
    /// Kept of kept and broken promises; `null` where nothing is judged.
    rate: Option<RateJson>,
    /// Occasions on which they were kept; `null` where there are too few.
    occasions: Option<RateJson>,
}

/// A share with its interval at 95 %.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RateJson {
    /// How many were kept.
    kept: u64,
    /// Of how many.
    n: u64,
    /// The share, 0 to 100.
    share: f64,
    /// The lower end of the interval; `null`: not known.
    low: Option<f64>,
    /// The upper end of the interval; `null`: not known.
    high: Option<f64>,
}

/// A journey's trust floor.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FloorJson {
    /// The journey's id.
    id: String,
    /// Its address, beginning with `/`.
    url: Option<String>,
    /// By what departments are compared: `occasions`, or `promises` where none has occasions enough.
    basis: &'static str,
    /// The id of the lowest department, which sets the floor; `null`: not known.
    lowest: Option<String>,
    /// Its share, 0 to 100.
    share: Option<f64>,
    /// The mean of the departments' shares, 0 to 100.
    mean: Option<f64>,
    /// How many departments have nothing judged.
    unknown: u64,
    /// What would lift it.
    lift: Option<LiftJson>,
    /// Its departments.
    departments: Vec<GroupJson>,
    /// By what stages are compared.
    stage_basis: &'static str,
    /// The lowest stage, `journey/stage`; `null`: not known.
    lowest_stage: Option<String>,
    /// Its stages.
    stages: Vec<GroupJson>,
}

/// What costs the lowest department most.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct LiftJson {
    /// The promise's id.
    promise: String,
    /// How many occasions it missed; 1 where promises are compared.
    missed: u64,
    /// Where the floor would be without that, 0 to 100.
    to: f64,
}

pub(super) fn trust(desk: &Desk<'_>) -> TrustJson {
    let (playbook, measures) = (desk.playbook, desk.measures);
    let standing = |promises: &[Id<Promise>]| standing_json(measures.standing(playbook, promises));
    let all: Vec<Id<Promise>> = Id::all(&playbook.promises).map(|(id, _)| id).collect();
    let group = |id: String, promises: &[Id<Promise>]| GroupJson { id, standing: standing(promises) };
    TrustJson {
        head: head(desk, "trust.schema.json"),
        panel: panel(desk),
        promises: standing(&all),
        departments: playbook.departments.iter().map(|one| group(one.id.to_string(), &one.promises)).collect(),
        stages: playbook.stages().map(|(id, one)| group(stage(desk, id), &one.promises)).collect(),
        pillars: playbook.pillars.iter().map(|one| group(one.document.id.to_string(), &one.promises)).collect(),
        journeys: Id::all(&playbook.journeys).map(|(id, _)| floor(desk, id)).collect(),
    }
}

pub(super) fn panel(desk: &Desk<'_>) -> PanelJson {
    let (playbook, measures) = (desk.playbook, desk.measures);
    let of = |kinds: &[MetricKind]| {
        let metrics = Id::all(&playbook.metrics).filter(|(_, metric)| kinds.contains(&metric.kind));
        metrics
            .map(|(id, metric)| PanelFigureJson {
                metric: metric.id.to_string(),
                cell: cell(measures.metrics[id.index()].figure),
            })
            .collect()
    };
    let floors = Id::all(&playbook.journeys).filter_map(|(id, journey)| {
        let floor = &measures.floors[id.index()];
        Some((floor.share()?, &journey.id, floor.departments[floor.lowest_department?].0))
    });
    let lowest = floors.min_by(|one, other| one.0.total_cmp(&other.0));
    PanelJson {
        trust: of(&[MetricKind::Trust]),
        floor: lowest.map(|(share, journey, department)| PanelFloorJson {
            journey: journey.to_string(),
            department: playbook[department].id.to_string(),
            share: rounded(share),
        }),
        satisfaction: of(&[MetricKind::Csat]),
        effort: of(&[MetricKind::CesMean, MetricKind::CesTop3, MetricKind::CesNet]),
        freshness: freshness(desk),
    }
}

pub(super) fn freshness(desk: &Desk<'_>) -> FreshnessJson {
    let (playbook, today) = (desk.playbook, desk.measures.today);
    let dated: Vec<&Review> = playbook.reviews().map(|(_, review, _)| review).collect();
    let overdue = dated.iter().filter(|review| review.is_overdue(today)).count();
    FreshnessJson {
        reviewed: dated.len() as u64,
        overdue: overdue as u64,
        share: (!dated.is_empty()).then(|| rounded(100.0 * (dated.len() - overdue) as f64 / dated.len() as f64)),
    }
}

pub(super) fn standing_json(standing: Standing) -> StandingJson {
    let tally = standing.tally;
    let rate = |basis: Basis| {
        let Occasions { kept, n } = standing.judged(basis);
        let interval: Interval = standing.interval(basis).unwrap_or_default();
        standing.share(basis).map(|share| RateJson {
            kept,
            n,
            share: rounded(share),
            low: interval.low.map(rounded),
            high: interval.high.map(rounded),
        })
    };
    StandingJson {
        kept: tally.kept,
        broken: tally.broken,
        at_risk: tally.at_risk,
        made: tally.made,
        withdrawn: tally.withdrawn,
        rate: rate(Basis::Promises),
        occasions: rate(Basis::Occasions),
    }
}

pub(super) fn floor(desk: &Desk<'_>, id: Id<crate::playbook::Journey>) -> FloorJson {
    let playbook = desk.playbook;
    let floor = &desk.measures.floors[id.index()];
    let departments = floor.departments.iter().map(|(department, standing)| GroupJson {
        id: playbook[*department].id.to_string(),
        standing: standing_json(*standing),
    });
    let stages = floor
        .stages
        .iter()
        .map(|(id, standing)| GroupJson { id: stage(desk, *id), standing: standing_json(*standing) });
    FloorJson {
        id: playbook[id].id.to_string(),
        url: url(desk, Thing::Journey(id)),
        basis: floor.basis.name(),
        lowest: floor.lowest_department.map(|index| playbook[floor.departments[index].0].id.to_string()),
        share: floor.share().map(rounded),
        mean: floor.mean.map(rounded),
        unknown: floor.unknown as u64,
        lift: floor.lift.map(|lift| LiftJson {
            promise: playbook[lift.promise].id.to_string(),
            missed: lift.missed,
            to: rounded(lift.to),
        }),
        departments: departments.collect(),
        stage_basis: floor.stage_basis.name(),
        lowest_stage: floor.lowest_stage.map(|index| stage(desk, floor.stages[index].0)),
        stages: stages.collect(),
    }
}

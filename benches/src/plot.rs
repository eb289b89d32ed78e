//! Plots, as SVG.

use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use crate::report::Unit;

/// Curves over a common axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The file's name without its ending: lower case letters and hyphens.
    pub name: String,
    /// The heading.
    pub title: String,
    /// What goes to the right.
    pub x: Axis,
    /// What goes up.
    pub y: Axis,
    /// The curves.
    pub curves: Vec<Curve>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it says.
    pub name: String,
    /// What its numbers count.
    pub unit: Unit,
    /// Whether each step is a factor, rather than a summand from zero on.
    pub factors: bool,
}

impl Axis {
    /// One whose steps are summands.
    pub fn sums(name: &str, unit: Unit) -> Self {
        Self { name: name.to_owned(), unit, factors: false }
    }

    /// One whose steps are factors.
    pub fn factors(name: &str, unit: Unit) -> Self {
        Self { name: name.to_owned(), unit, factors: true }
    }
}

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it is.
    pub name: String,
    /// Where it goes through, from left to right.
    pub points: Vec<(f64, f64)>,
}

const SMALL: (&str, u32) = ("sans-serif", 15);
const SIZE: (u32, u32) = (860, 420);

/// What can go wrong while drawing into a string: nothing but this crate's own mistakes.
type Drawn = Result<(), Box<dyn std::error::Error>>;

impl Plot {
    /// The file's content.
    pub fn svg(&self) -> String {
        let mut text = String::new();
        self.draw(&mut text).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        text
    }

    fn draw(&self, text: &mut String) -> Drawn {
        let (x, y) = (self.range(|point| point.0, &self.x), self.range(|point| point.1, &self.y));
        let area = SVGBackend::with_string(text, SIZE).into_drawing_area();
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&area);
        chart.caption(&self.title, ("sans-serif", 18)).margin(12);
        chart.x_label_area_size(44).y_label_area_size(86);
        // The scales are types, so each pair of them is drawn by a copy of its own.
        match (self.x.factors, self.y.factors) {
            (false, false) => self.curves(chart.build_cartesian_2d(x, y)?)?,
            (true, false) => self.curves(chart.build_cartesian_2d(x.log_scale(), y)?)?,
            (false, true) => self.curves(chart.build_cartesian_2d(x, y.log_scale())?)?,
            (true, true) => {
                self.curves(chart.build_cartesian_2d(x.log_scale(), y.log_scale())?)?;
            }
        }
        area.present()?;
        Ok(())
    }

    fn curves<'a, X, Y>(
        &self,
        mut chart: ChartContext<'a, SVGBackend<'a>, Cartesian2d<X, Y>>,
    ) -> Drawn
    where
        X: Ranged<ValueType = f64> + ValueFormatter<f64>,
        Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
    {
        let (x, y) = (self.x.unit, self.y.unit);
        chart
            .configure_mesh()
            .x_desc(&self.x.name)
            .y_desc(&self.y.name)
            .x_label_formatter(&|figure| x.show(*figure))
            .y_label_formatter(&|figure| y.show(*figure))
            .light_line_style(TRANSPARENT)
            .label_style(SMALL)
            .draw()?;
        for (at, curve) in self.curves.iter().enumerate() {
            let colour = Palette99::pick(at).to_rgba();
            let drawn =
                chart.draw_series(LineSeries::new(curve.points.iter().copied(), &colour))?;
            drawn
                .label(&curve.name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour));
        }
        if self.curves.len() > 1 {
            let place = SeriesLabelPosition::UpperLeft;
            let mut labels = chart.configure_series_labels();
            let labels = labels.position(place);
            labels
                .label_font(SMALL)
                .background_style(WHITE.mix(0.8))
                .border_style(BLACK.mix(0.3))
                .draw()?;
        }
        Ok(())
    }

    fn range(&self, of: fn(&(f64, f64)) -> f64, axis: &Axis) -> std::ops::Range<f64> {
        let all = self.curves.iter().flat_map(|curve| &curve.points).map(of);
        let (low, high) = all.fold((f64::INFINITY, 0.0_f64), |(low, high), figure| {
            (low.min(figure), high.max(figure))
        });
        match (low.is_finite(), axis.factors) {
            (false, _) => 1.0..2.0,
            (true, true) => low.max(f64::MIN_POSITIVE) * 0.9..high * 1.1,
            (true, false) => 0.0..(high * 1.1).max(1.0),
        }
    }
}

/// How far figures are from their goals: bars from 1, to the left where the goal is reached.
pub fn goals(all: &[(String, f64)]) -> String {
    let mut text = String::new();
    draw_goals(&mut text, all).unwrap_or_else(|error| panic!("goals: {error}"));
    text
}

/// Bars end here at the latest; their labels say the factor.
const FARTHEST: (f64, f64) = (0.05, 100.0);
const BAR: u32 = 19;
const REACHED: RGBColor = RGBColor(46, 125, 50);
const MISSED: RGBColor = RGBColor(198, 40, 40);

fn draw_goals(text: &mut String, all: &[(String, f64)]) -> Drawn {
    let (low, high) = all.iter().fold((0.5_f64, 2.0_f64), |(low, high), (_, ratio)| {
        (low.min(*ratio * 0.9).max(FARTHEST.0), high.max(*ratio * 1.1).min(FARTHEST.1))
    });
    let many = all.len().max(1);
    let height = u32::try_from(many).unwrap_or(1) * BAR + 90;
    let area = SVGBackend::with_string(text, (1_000, height)).into_drawing_area();
    area.fill(&WHITE)?;
    let scale: LogCoord<f64> = (low..high).log_scale().into();
    let up: RangedCoordf64 = (0.0..many as f64).into();
    let mut chart = ChartBuilder::on(&area);
    chart.caption("Figure over goal: left of 1 it is reached", ("sans-serif", 18)).margin(10);
    let mut chart = chart.x_label_area_size(30).build_cartesian_2d(scale, up)?;
    chart
        .configure_mesh()
        .disable_y_axis()
        .disable_y_mesh()
        .light_line_style(TRANSPARENT)
        .draw()?;
    for (at, (name, ratio)) in all.iter().enumerate() {
        let y = (many - at) as f64;
        let colour = if *ratio <= 1.0 { REACHED } else { MISSED };
        let (from, to) = (ratio.clamp(low, 1.0), ratio.clamp(1.0, high));
        let bar = Rectangle::new([(from, y - 0.15), (to, y - 0.85)], colour.mix(0.35).filled());
        let label = format!("{name}  {ratio:.2}");
        let label = Text::new(label, (low, y - 0.2), SMALL);
        chart.draw_series([bar])?;
        chart.draw_series([label])?;
    }
    chart.draw_series([PathElement::new([(1.0, 0.0), (1.0, many as f64)], BLACK)])?;
    area.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(name: &str, unit: Unit, factors: bool) -> Axis {
        Axis { name: name.into(), unit, factors }
    }

    #[test]
    fn each_scale_is_drawn_and_names_what_it_shows() {
        for factors in [(false, false), (true, false), (false, true), (true, true)] {
            let plot = Plot {
                name: "calls".into(),
                title: "Cost of a call".into(),
                x: axis("sessions", Unit::Count, factors.0),
                y: axis("time", Unit::Ns, factors.1),
                curves: vec![
                    Curve { name: "ours".into(), points: vec![(1.0, 50.0), (100.0, 60.0)] },
                    Curve { name: "theirs".into(), points: vec![(1.0, 70.0), (100.0, 90.0)] },
                ],
            };
            let svg = plot.svg();
            for word in ["<svg", "Cost of a call", "sessions", "ours", "theirs", "polyline"] {
                assert!(svg.contains(word), "{factors:?}: {word} is missing");
            }
        }
    }

    #[test]
    fn goals_are_bars_with_their_factors() {
        let svg = goals(&[("near".into(), 0.5), ("ask".into(), 2.5)]);
        assert!(svg.contains("near  0.50") && svg.contains("ask  2.50"));
        assert!(svg.contains("#2E7D32") && svg.contains("#C62828"));
    }
}

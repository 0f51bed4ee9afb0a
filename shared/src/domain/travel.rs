//! In which order to go from door to door: the nearest first, then mended until no two legs cross for nothing.
//!
//! Distances are as the crow flies: no road is known here, and a river has no bridge. All is counted in whole decimetres on
//! a plane laid over the commune, so that every device finds the same order, and no order ever seems shorter by a rounding.

use serde::{Deserialize, Serialize};

use super::position::Point;
use super::round::{Doorstep, hamlet_by_hamlet};

/// Decimetres in a millionth of a degree of latitude.
const DM_PER_MICRODEGREE: f64 = 1.113_194_9;
/// More turns than any round of two hundred stops was seen to need.
const MOST_TURNS: usize = 2_000;

/// Where a way begins and ends, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Where one stands.
    pub start: Option<Point>,
    /// Where one goes back to.
    pub end: Option<Point>,
}

/// How an order was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderMade {
    /// The nearest first, from where one stands.
    ByDistance,
    /// Hamlet by hamlet: nothing says where they are.
    ByHamlet,
    /// By a person.
    ByHand,
}

/// How far it is, as the crow flies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flight {
    /// The way from the start through every stop that has a place, and back, in metres.
    pub metres: u32,
    /// The stops that have none, and are not counted.
    pub without_place: u32,
}

/// A plane over a commune.
struct Plane {
    across: f64,
}

impl Plane {
    /// The plane halfway between the most northern and the most southern of them, in whatever order they come.
    fn over(points: impl IntoIterator<Item = Point>) -> Self {
        let lats = points.into_iter().map(|point| i64::from(point.lat_microdegrees));
        let ends = lats.fold(None, |ends: Option<(i64, i64)>, lat| {
            let (south, north) = ends.unwrap_or((lat, lat));
            Some((south.min(lat), north.max(lat)))
        });
        let middle = ends.map_or(0, |(south, north)| (south + north) / 2);
        Plane { across: cosine(middle as f64 / 1e6) }
    }

    /// Whole decimetres to the east and to the north.
    fn place(&self, point: Point) -> (i64, i64) {
        let east = f64::from(point.lon_microdegrees) * DM_PER_MICRODEGREE * self.across;
        let north = f64::from(point.lat_microdegrees) * DM_PER_MICRODEGREE;
        (east as i64, north as i64)
    }
}

/// The cosine of an angle in degrees, by sums and products alone: a library's may differ from one machine to the next.
fn cosine(degrees: f64) -> f64 {
    let square = (degrees * (std::f64::consts::PI / 180.0)) * (degrees * (std::f64::consts::PI / 180.0));
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..12 {
        term *= -square / f64::from(2 * n * (2 * n - 1));
        sum += term;
    }
    sum.clamp(0.0, 1.0)
}

/// Decimetres between two places, never less than they are apart: so a way round is never shorter than the way.
fn apart((east, north): (i64, i64), (other_east, other_north): (i64, i64)) -> u64 {
    let (across, along) = (east.abs_diff(other_east), north.abs_diff(other_north));
    let square = across * across + along * along;
    let root = square.isqrt();
    root + u64::from(root * root < square)
}

/// Where each stop is: its own point; else, where others of its hamlet have one, beside the one of them nearest the
/// hamlet's middle; else that middle.
fn places<K: Copy + Ord>(doorsteps: &[Doorstep<K>]) -> Vec<Option<Point>> {
    let plane = Plane::over(doorsteps.iter().filter_map(|door| door.point.or(door.hamlet_point)));
    let of_hamlet = |door: &Doorstep<K>| {
        let key = door.hamlet_key();
        let located = doorsteps.iter().filter(|other| !key.is_empty() && other.hamlet_key() == key);
        let located = located.filter_map(|other| Some((other.point?, other)));
        let away = |point: Point| door.hamlet_point.map_or(0, |middle| apart(plane.place(point), plane.place(middle)));
        located.min_by_key(|(point, other)| (away(*point), other.stop)).map(|(point, _)| point)
    };
    doorsteps.iter().map(|door| door.point.or_else(|| of_hamlet(door)).or(door.hamlet_point)).collect()
}

/// How far it is to go to these doors in that order.
pub fn flight<K: Copy + Ord>(doorsteps: &[Doorstep<K>], ends: Ends) -> Flight {
    let places = places(doorsteps);
    let known = places.iter().flatten().copied();
    let stations: Vec<Point> = ends.start.into_iter().chain(known).chain(ends.end).collect();
    let plane = Plane::over(stations.iter().copied());
    let legs = stations.windows(2).map(|leg| apart(plane.place(leg[0]), plane.place(leg[1])));
    let decimetres: u64 = legs.sum();
    Flight {
        metres: u32::try_from(decimetres / 10).unwrap_or(u32::MAX),
        without_place: places.iter().filter(|place| place.is_none()).count() as u32,
    }
}

/// An order by distance, from the order in which the doors are given; none where too little is known to say one door is
/// nearer than another. Whoever has no point goes with their hamlet; whoever has no place at all comes last, hamlet by
/// hamlet. It is never longer than the order given.
pub fn nearest_first<K: Copy + Ord>(
    doorsteps: &[Doorstep<K>],
    ends: Ends,
    from: &str,
    habit: &[String],
) -> Option<Vec<K>> {
    let places = places(doorsteps);
    // One station for each place, in the order in which it is first come to.
    let mut stations: Vec<(Point, Vec<usize>)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        match stations.iter_mut().find(|(point, _)| point == place) {
            Some((_, doors)) => doors.push(at),
            None => stations.push((*place, vec![at])),
        }
    }
    if stations.len() + usize::from(ends.start.is_some()) < 2 {
        return None;
    }
    let given = stations.iter().map(|(point, _)| *point).collect::<Vec<_>>();
    // The same whatever order was given: what breaks a tie is the door, not the order.
    stations.sort_by_key(|(_, doors)| doors.iter().map(|door| doorsteps[*door].stop).min());
    let way = Way::over(stations.iter().map(|(point, _)| *point).collect(), ends);
    let given = given.iter().filter_map(|point| stations.iter().position(|(other, _)| other == point)).collect();
    let (nearest, mended) = (way.mended(way.nearest()), way.mended(given));
    let best = if way.length(&mended) < way.length(&nearest) { mended } else { nearest };
    let doors_of = |station: usize| {
        let mut doors: Vec<&Doorstep<K>> = stations[station].1.iter().map(|door| &doorsteps[*door]).collect();
        doors.sort_by_cached_key(|door| (door.line.clone(), door.name.clone(), door.stop));
        doors.into_iter().map(|door| door.stop)
    };
    let nowhere: Vec<Doorstep<K>> =
        doorsteps.iter().zip(&places).filter(|(_, place)| place.is_none()).map(|(door, _)| door.clone()).collect();
    Some(best.into_iter().flat_map(doors_of).chain(hamlet_by_hamlet(&nowhere, from, habit)).collect())
}

/// Stations to go through, from one end to the other.
struct Way {
    places: Vec<(i64, i64)>,
    start: Option<(i64, i64)>,
    end: Option<(i64, i64)>,
}

impl Way {
    fn over(stations: Vec<Point>, ends: Ends) -> Self {
        // The plane on which [`flight`] measures the same way.
        let plane = Plane::over(ends.start.into_iter().chain(stations.iter().copied()).chain(ends.end));
        Way {
            places: stations.into_iter().map(|point| plane.place(point)).collect(),
            start: ends.start.map(|point| plane.place(point)),
            end: ends.end.map(|point| plane.place(point)),
        }
    }

    fn leg(&self, from: Option<usize>, to: Option<usize>) -> u64 {
        let (from, to) =
            (from.map_or(self.start, |at| Some(self.places[at])), to.map_or(self.end, |at| Some(self.places[at])));
        from.zip(to).map_or(0, |(from, to)| apart(from, to))
    }

    fn length(&self, order: &[usize]) -> u64 {
        let before = [None].into_iter().chain(order.iter().copied().map(Some));
        let after = order.iter().copied().map(Some).chain([None]);
        before.zip(after).map(|(from, to)| self.leg(from, to)).sum()
    }

    /// Each time the nearest of those left.
    fn nearest(&self) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.places.len()).collect();
        let mut order = Vec::with_capacity(left.len());
        let mut stands = None;
        while let Some(place) = (0..left.len()).min_by_key(|place| (self.leg(stands, Some(left[*place])), left[*place]))
        {
            let next = left.remove(place);
            order.push(next);
            stands = Some(next);
        }
        order
    }

    /// The order, parts of it turned round for as long as that makes it shorter; of two ways round, the one that comes to
    /// the nearer first.
    fn mended(&self, mut order: Vec<usize>) -> Vec<usize> {
        let at = |order: &[usize], place: Option<usize>| place.and_then(|place| order.get(place).copied());
        for _ in 0..MOST_TURNS {
            let mut turned = false;
            for first in 0..order.len() {
                for last in first + 1..order.len() {
                    let (before, after) = (at(&order, first.checked_sub(1)), at(&order, Some(last + 1)));
                    let (one, other) = (Some(order[first]), Some(order[last]));
                    let now = self.leg(before, one) + self.leg(other, after);
                    if self.leg(before, other) + self.leg(one, after) < now {
                        order[first..=last].reverse();
                        turned = true;
                    }
                }
            }
            if !turned {
                break;
            }
        }
        let back: Vec<usize> = order.iter().rev().copied().collect();
        let first_leg = |order: &[usize]| (self.leg(None, order.first().copied()), order.first().copied());
        // Only a way that ends where it began is as long the other way round.
        if self.start == self.end && first_leg(&back) < first_leg(&order) { back } else { order }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lon: i64, lat: i64) -> Option<Point> {
        Point::new(lon, lat)
    }

    fn door(stop: u8, hamlet: &str, point: Option<Point>) -> Doorstep<u8> {
        Doorstep { stop, hamlet: hamlet.into(), line: String::new(), name: String::new(), point, hamlet_point: None }
    }

    fn ends(point: Option<Point>) -> Ends {
        Ends { start: point, end: point }
    }

    fn ordered(doors: &[Doorstep<u8>], ends: Ends) -> Vec<u8> {
        nearest_first(doors, ends, "", &[]).expect("an order")
    }

    fn sorted_as(doors: &[Doorstep<u8>], order: &[u8]) -> Vec<Doorstep<u8>> {
        let found = |stop: &u8| doors.iter().find(|door| door.stop == *stop).expect("a door").clone();
        order.iter().map(found).collect()
    }

    #[test]
    fn one_goes_to_the_nearest_first_and_comes_back() {
        let lat = 43_600_000;
        let doors = [door(1, "", at(4_650_000, lat)), door(2, "", at(4_610_000, lat)), door(3, "", at(4_630_000, lat))];
        let from = ends(at(4_600_000, lat));
        assert_eq!(ordered(&doors, from), [2, 3, 1]);
        // 50,000 millionths of a degree to the east at that latitude, and back: a little over eight kilometres.
        let far = flight(&sorted_as(&doors, &[2, 3, 1]), from);
        assert!((8_050..8_080).contains(&far.metres), "{far:?}");
        assert_eq!(far.without_place, 0);
    }

    #[test]
    fn legs_that_cross_are_mended() {
        // The corners of a square: the nearest first from the middle of a side would cross it.
        let doors = [
            door(1, "", at(0, 1_000)),
            door(2, "", at(1_000, 1)),
            door(3, "", at(1_000, 1_000)),
            door(4, "", at(1, 1)),
        ];
        let given = flight(&doors, ends(at(1, 1)));
        let order = ordered(&doors, ends(at(1, 1)));
        assert_eq!(order.first(), Some(&4));
        assert!(flight(&sorted_as(&doors, &order), ends(at(1, 1))).metres < given.metres);
    }

    #[test]
    fn whoever_has_no_point_goes_with_their_hamlet_and_whoever_has_no_place_comes_last() {
        let roussiere = at(4_650_000, 43_600_000);
        let doors = [
            door(1, "La Roussière", None),
            door(2, "Le Bourg", at(4_610_000, 43_600_000)),
            door(3, "", None),
            door(4, "la roussiere", roussiere),
            Doorstep { hamlet_point: at(4_600_100, 43_600_000), ..door(5, "Les Gâts", None) },
        ];
        assert_eq!(ordered(&doors, ends(at(4_600_000, 43_600_000))), [5, 2, 1, 4, 3]);
        assert_eq!(flight(&doors, Ends::default()).without_place, 1);
    }

    #[test]
    fn where_nothing_says_which_is_nearer_there_is_no_order_by_distance() {
        let doors = [door(1, "Le Bourg", None), door(2, "Les Gâts", None)];
        assert_eq!(nearest_first(&doors, ends(at(1, 1)), "", &[]), None);
        let one = [door(1, "Le Bourg", at(5, 5)), door(2, "Les Gâts", None)];
        assert_eq!(nearest_first(&one, Ends::default(), "", &[]), None);
        assert_eq!(ordered(&one, ends(at(1, 1))), [1, 2]);
        assert_eq!(nearest_first::<u8>(&[], ends(at(1, 1)), "", &[]), None);
    }

    #[test]
    fn cosines_are_those_of_everyone() {
        for degrees in [0.0_f64, 12.5, 43.6, 48.9, 66.0, 89.0] {
            assert!((cosine(degrees) - degrees.to_radians().cos()).abs() < 1e-9, "{degrees}");
        }
    }

    fn points() -> impl Strategy<Value = Option<Point>> {
        let near = (4_500_000..4_900_000_i64, 43_400_000..43_800_000_i64);
        let anywhere = (-180_000_000..180_000_000_i64, -90_000_000..90_000_000_i64);
        // Few places, so that several live at one.
        let few = (0..3_i64, 1..3_i64).prop_map(|(lon, lat)| (4_600_000 + lon, 43_600_000 + lat));
        prop_oneof![
            6 => near.prop_map(|(lon, lat)| at(lon, lat)),
            2 => few.prop_map(|(lon, lat)| at(lon, lat)),
            1 => anywhere.prop_map(|(lon, lat)| at(lon, lat)),
            3 => Just(None),
        ]
    }

    fn doors() -> impl Strategy<Value = Vec<Doorstep<u8>>> {
        let hamlets = proptest::collection::vec(points(), 4);
        let doors = proptest::collection::vec((0..5_usize, points()), 0..14);
        (hamlets, doors).prop_map(|(hamlets, doors)| {
            let names = ["", "Le Bourg", "La Roussière", "Les Gâts", "Aubignan"];
            let one = |(stop, (hamlet, point)): (usize, (usize, Option<Point>))| Doorstep {
                hamlet_point: hamlet.checked_sub(1).and_then(|at| hamlets[at]),
                ..door(stop as u8, names[hamlet], point)
            };
            doors.into_iter().enumerate().map(one).collect()
        })
    }

    proptest! {
        #[test]
        fn everyone_is_seen_once_and_the_way_is_never_longer(doors in doors(), start in points(), end in points()) {
            let ends = Ends { start, end };
            let Some(order) = nearest_first(&doors, ends, "", &[]) else { return Ok(()) };
            let mut seen = order.clone();
            seen.sort_unstable();
            prop_assert_eq!(seen, doors.iter().map(|door| door.stop).collect::<Vec<_>>());
            let arranged = sorted_as(&doors, &order);
            prop_assert!(flight(&arranged, ends).metres <= flight(&doors, ends).metres);
            prop_assert_eq!(nearest_first(&arranged, ends, "", &[]), Some(order), "arranged again, it stays");
        }

        /// Whoever has no point of their own stands beside someone of their hamlet who has one, if anyone has.
        #[test]
        fn a_stop_without_a_point_is_placed_with_its_hamlet(doors in doors(), start in points()) {
            let Some(order) = nearest_first(&doors, ends(start), "", &[]) else { return Ok(()) };
            let arranged = sorted_as(&doors, &order);
            let places = places(&arranged);
            for (at, door) in arranged.iter().enumerate().filter(|(_, door)| door.point.is_none() && !door.hamlet.is_empty()) {
                let has_neighbour = arranged.iter().any(|other| other.hamlet == door.hamlet && other.point.is_some());
                if has_neighbour {
                    let same_place: Vec<_> = (0..arranged.len()).filter(|other| places[*other] == places[at]).collect();
                    prop_assert!(same_place.iter().any(|other| arranged[*other].hamlet == door.hamlet && arranged[*other].point.is_some()));
                    let (first, last) = (same_place[0], same_place[same_place.len() - 1]);
                    prop_assert_eq!(last - first + 1, same_place.len(), "they follow one another");
                }
            }
        }
    }
}

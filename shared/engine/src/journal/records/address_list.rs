//! The addresses of a commune in their document: a line a way, its numbers in one text.

use std::cell::Cell;
use std::collections::BTreeSet;

use maillon_shared::domain::addresses::{AddressList, Way, put_in_order};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::position::Point;

use super::super::document::{Document, JournalError};
use super::super::undo::UNDONE;
use super::super::value::{Place, Value};
use super::{REMOVED, remove_line};

const WAYS: &str = "ways";
const CODE: &str = "commune_code";
const COMMUNE: &str = "commune";
const IMPORTED_ON: &str = "imported_on";
/// The list was taken away.
const GONE: &str = "gone";

const NAME: &str = "name";
const HAMLET: &str = "hamlet";
const FORMER: &str = "former_commune";
const POSTCODE: &str = "postcode";
const POINT: &str = "point";
const NUMBERS: &str = "numbers";

/// Makes the document say that list, whatever it said: what is the same is not written again.
pub fn write(document: &mut Document, list: &AddressList) -> Result<(), JournalError> {
    document.put(Place::Root, CODE, Value::text(&list.commune_code))?;
    document.put(Place::Root, COMMUNE, Value::text(&list.commune))?;
    document.put(Place::Root, IMPORTED_ON, list.imported_on.into())?;
    document.put(Place::Root, GONE, Value::flag(false))?;
    let held: Vec<LineId> = {
        let oddities = Cell::new(0);
        document.lines(WAYS, &oddities).into_iter().map(|(id, _)| LineId(id)).collect()
    };
    let wanted: BTreeSet<LineId> = list.ways.iter().map(|way| way.id).collect();
    for way in &list.ways {
        let place = Place::Line(WAYS, way.id.0);
        document.put(place, NAME, Value::text(&way.name))?;
        document.put(place, HAMLET, Value::text(&way.hamlet))?;
        document.put(place, FORMER, Value::text(&way.former_commune))?;
        document.put(place, POSTCODE, Value::text(&way.postcode))?;
        document.put(place, POINT, way.point.map_or(Value::Nothing, |point| Value::Text(point_text(point))))?;
        document.put(place, NUMBERS, Value::text(&way.numbers_text()))?;
        document.put(place, REMOVED, Value::Nothing)?;
        // A way that came with a file that was undone is back with this one.
        document.put(place, UNDONE, Value::Nothing)?;
    }
    held.into_iter().filter(|id| !wanted.contains(id)).try_for_each(|id| remove_line(document, WAYS, id))
}

/// Takes the list away: its words stay in the document, and nothing reads them.
pub fn remove(document: &mut Document) -> Result<(), JournalError> {
    document.put(Place::Root, GONE, Value::flag(true))
}

/// Reads the list; nothing where it was taken away, or is of no commune.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<AddressList> {
    let fields = document.fields(Place::Root, oddities)?;
    if fields.flag(GONE) || fields.text(CODE).is_empty() {
        return None;
    }
    let imported_on = fields.day(IMPORTED_ON)?;
    let mut ways: Vec<Way> = Vec::new();
    for (id, line) in document.lines(WAYS, oddities) {
        let name = line.text(NAME);
        if line.flag(REMOVED) || name.is_empty() {
            continue;
        }
        ways.push(Way {
            id: LineId(id),
            name,
            hamlet: line.text(HAMLET),
            former_commune: line.text(FORMER),
            postcode: line.text(POSTCODE),
            point: read_point(&line.text(POINT)),
            numbers: Way::read_numbers(&line.text(NUMBERS)),
        });
    }
    put_in_order(&mut ways);
    Some(AddressList { commune_code: fields.text(CODE), commune: fields.text(COMMUNE), imported_on, ways })
}

fn point_text(point: Point) -> String {
    format!("{},{}", point.lon_microdegrees, point.lat_microdegrees)
}

fn read_point(text: &str) -> Option<Point> {
    let (lon, lat) = text.split_once(',')?;
    Point::new(lon.parse().ok()?, lat.parse().ok()?)
}

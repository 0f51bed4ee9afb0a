//! Files of addresses: the national base's, by département or by commune, folded with gzip or not; its places without
//! numbers; and the file that a commune itself publishes (BAL), which has the same things under other names.
//!
//! A département has half a million lines: they are read one by one as they unfold, and only those of the communes one
//! keeps stay. Nothing that a file says of sizes is believed. A line that cannot be taken is counted with its reason.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

use flate2::read::MultiGzDecoder;
use maillon_shared::domain::addresses::{HouseNumber, Way, put_in_order};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::position::Point;
use maillon_shared::text::fold::fold;
use sha2::{Digest, Sha256};

use super::encoding::windows_1252;

/// The most a file unfolds to: the largest département is a third of that.
const MAX_UNFOLDED_BYTES: u64 = 768 << 20;
/// No line of such a file is so long.
const MAX_LINE_BYTES: u64 = 16 << 10;
/// More communes than any département, or region, has.
const MAX_COMMUNES: usize = 5_000;
/// The most addresses that are kept of one file: five times a large rural commune.
pub const MAX_KEPT: usize = 100_000;
/// No name of a way is so long.
const MAX_NAME_CHARS: usize = 160;
/// A suffix is "bis", "a", "a12".
const MAX_SUFFIX_BYTES: usize = 8;
/// What the commune's own format writes where a place has no number.
const NO_NUMBER: u32 = 99_999;

/// Why a file is not one of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressesError {
    /// Nothing is in it.
    Empty,
    /// It is larger than what is read, or more is asked to be kept.
    TooLarge,
    /// Its columns are none that are known.
    UnknownKind,
    /// It does not unfold to its end.
    Damaged,
}

/// Why a line is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressRefusal {
    /// It is too long, or its quotes are not closed.
    Unreadable,
    /// It has fewer or more cells than there are columns.
    Cells,
    /// It says no commune, or one that has no INSEE code.
    NoCommune,
    /// It says no way.
    NoWay,
    /// Its number is none.
    OddNumber,
}

impl AddressRefusal {
    /// The code that screens have a sentence for.
    pub const fn code(self) -> &'static str {
        match self {
            AddressRefusal::Unreadable => "unreadable",
            AddressRefusal::Cells => "cells",
            AddressRefusal::NoCommune => "no_commune",
            AddressRefusal::NoWay => "no_way",
            AddressRefusal::OddNumber => "odd_number",
        }
    }
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressesRead {
    /// Its lines, the head apart.
    pub lines: u32,
    /// Its communes by code: their name, and how many lines are of them.
    pub communes: BTreeMap<String, (String, u32)>,
    /// The lines refused: how many for each reason, and the number of the first.
    pub refused: BTreeMap<AddressRefusal, (u32, u32)>,
    /// The ways of the communes kept, by code.
    pub kept: BTreeMap<String, Vec<Way>>,
    /// Lines that say an address of a commune kept again.
    pub again: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Commune,
    CommuneName,
    Former,
    Way,
    Hamlet,
    Number,
    Suffix,
    Postcode,
    Lon,
    Lat,
    Kind,
}

const COLUMNS: [Column; 11] = [
    Column::Commune,
    Column::CommuneName,
    Column::Former,
    Column::Way,
    Column::Hamlet,
    Column::Number,
    Column::Suffix,
    Column::Postcode,
    Column::Lon,
    Column::Lat,
    Column::Kind,
];

impl Column {
    /// The heads that say it, folded: the national base's, then the commune's own.
    fn heads(self) -> &'static [&'static str] {
        match self {
            Column::Commune => &["code insee", "commune insee"],
            Column::CommuneName => &["nom commune", "commune nom"],
            Column::Former => &["nom ancienne commune", "commune deleguee nom"],
            Column::Way => &["nom voie", "voie nom", "nom lieu dit"],
            Column::Hamlet => &["nom ld", "lieudit complement nom"],
            Column::Number => &["numero"],
            Column::Suffix => &["rep", "suffixe"],
            Column::Postcode => &["code postal"],
            Column::Lon => &["lon", "long", "longitude"],
            Column::Lat => &["lat", "latitude"],
            Column::Kind => &["type position", "position"],
        }
    }
}

/// The columns of a file: where each is.
struct Head {
    separator: char,
    cells: usize,
    places: [Option<usize>; COLUMNS.len()],
}

impl Head {
    fn read(line: &str) -> Option<Self> {
        let separator = [';', ',', '\t', '|'].into_iter().max_by_key(|separator| line.matches(*separator).count())?;
        let heads: Vec<String> = cells(line, separator)?.iter().map(|head| fold(head)).collect();
        let place =
            |column: Column| column.heads().iter().find_map(|known| heads.iter().position(|head| head == known));
        let head = Head { separator, cells: heads.len(), places: COLUMNS.map(place) };
        let has = |column| head.places[column as usize].is_some();
        (has(Column::Commune) && has(Column::CommuneName) && has(Column::Way)).then_some(head)
    }
}

/// A line of which something is to be kept.
struct Line<'a> {
    head: &'a Head,
    cells: Vec<String>,
}

impl Line<'_> {
    fn cell(&self, column: Column) -> &str {
        let at = self.head.places[column as usize];
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// A name: on one line, without what no name has.
    fn name(&self, column: Column) -> String {
        let cell = self.cell(column);
        let plain: String =
            cell.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_NAME_CHARS + 1).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn commune(&self) -> Result<(String, String), AddressRefusal> {
        let (code, name) = (self.cell(Column::Commune).to_uppercase(), self.name(Column::CommuneName));
        let is_code = code.len() == 5 && code.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_code && !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS {
            Ok((code, name))
        } else {
            Err(AddressRefusal::NoCommune)
        }
    }

    fn number(&self) -> Result<Option<u16>, AddressRefusal> {
        match self.cell(Column::Number) {
            "" => Ok(None),
            written => match written.parse::<u32>() {
                Ok(0 | NO_NUMBER) => Ok(None),
                Ok(number) => u16::try_from(number).map(Some).map_err(|_| AddressRefusal::OddNumber),
                Err(_) => Err(AddressRefusal::OddNumber),
            },
        }
    }

    fn suffix(&self) -> String {
        let mut suffix = fold(self.cell(Column::Suffix)).replace(' ', "");
        // What is no figure or plain letter would be read as something else once it is written after the number.
        suffix.retain(|c| c.is_ascii_alphanumeric());
        suffix.truncate(MAX_SUFFIX_BYTES);
        if suffix.starts_with(|c: char| c.is_ascii_digit()) { String::new() } else { suffix }
    }

    /// Of several points of one address, the door is the one people go to.
    fn rank(&self) -> u8 {
        match fold(self.cell(Column::Kind)).as_str() {
            "entree" => 0,
            "" | "delivrance postale" => 1,
            "batiment" | "cage d escalier" | "logement" => 2,
            "parcelle" => 3,
            "segment" => 4,
            _ => 5,
        }
    }
}

/// What makes a way of lines: all that they share.
type WayKey = (String, String, String, String);

#[derive(Default)]
struct Gathered {
    point: Option<Point>,
    numbers: BTreeMap<(u16, String), (u8, Option<Point>)>,
}

/// Reads a file, and keeps what is of those communes.
pub fn read(bytes: &[u8], keeps: impl Fn(&str) -> bool) -> Result<AddressesRead, AddressesError> {
    match bytes {
        [] => Err(AddressesError::Empty),
        // Whatever else begins so: an archive, a spreadsheet, a text of sixteen bits.
        [b'P', b'K', ..] | [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(AddressesError::UnknownKind),
        [0x1f, 0x8b, ..] => read_lines(MultiGzDecoder::new(bytes), keeps),
        bytes => read_lines(bytes, keeps),
    }
}

fn read_lines(source: impl Read, keeps: impl Fn(&str) -> bool) -> Result<AddressesRead, AddressesError> {
    let mut lines = BufReader::with_capacity(1 << 16, source.take(MAX_UNFOLDED_BYTES + 1));
    let mut unfolded = 0_u64;
    let mut read = AddressesRead::default();
    let mut head = None;
    let mut ways: BTreeMap<String, BTreeMap<WayKey, Gathered>> = BTreeMap::new();
    let mut kept = 0_usize;
    let mut bytes = Vec::new();
    let mut number = 0_u32;
    loop {
        bytes.clear();
        let length = (&mut lines).take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut bytes);
        let length = length.map_err(|_| AddressesError::Damaged)? as u64;
        if length == 0 {
            break;
        }
        unfolded += length;
        number += 1;
        let is_too_long = length > MAX_LINE_BYTES;
        if is_too_long {
            unfolded += skip_line(&mut lines)?;
        }
        if unfolded > MAX_UNFOLDED_BYTES {
            return Err(AddressesError::TooLarge);
        }
        let text = decoded(&bytes, number == 1);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.trim().is_empty() {
            continue;
        }
        let Some(head) = &head else {
            head = Some(Head::read(text).filter(|_| !is_too_long).ok_or(AddressesError::UnknownKind)?);
            continue;
        };
        read.lines += 1;
        let taken = if is_too_long { Err(AddressRefusal::Unreadable) } else { take(head, text) };
        let taken = taken.and_then(|line| {
            let (code, name) = line.commune()?;
            let number = line.number()?;
            let way = line.name(Column::Way);
            if way.is_empty() || way.chars().count() > MAX_NAME_CHARS {
                return Err(AddressRefusal::NoWay);
            }
            Ok((line, code, name, number, way))
        });
        let (line, code, name, house, way) = match taken {
            Ok(taken) => taken,
            Err(why) => {
                read.refused.entry(why).or_insert((0, number)).0 += 1;
                continue;
            }
        };
        let is_kept = keeps(&code);
        if read.communes.len() >= MAX_COMMUNES && !read.communes.contains_key(&code) {
            return Err(AddressesError::TooLarge);
        }
        read.communes.entry(code.clone()).or_insert((name, 0)).1 += 1;
        if !is_kept {
            continue;
        }
        let key = (way, line.name(Column::Hamlet), line.name(Column::Former), line.name(Column::Postcode));
        let gathered = ways.entry(code).or_default().entry(key).or_default();
        let point = Point::of_degrees(line.cell(Column::Lon), line.cell(Column::Lat));
        kept += 1;
        if kept > MAX_KEPT {
            return Err(AddressesError::TooLarge);
        }
        match house {
            None => {
                let is_again = gathered.point.is_some();
                gathered.point = gathered.point.or(point);
                read.again += u32::from(is_again);
            }
            Some(house) => {
                let said = (if point.is_some() { line.rank() } else { u8::MAX }, point);
                match gathered.numbers.entry((house, line.suffix())) {
                    std::collections::btree_map::Entry::Vacant(place) => {
                        place.insert(said);
                    }
                    std::collections::btree_map::Entry::Occupied(mut held) => {
                        read.again += 1;
                        if said.0 < held.get().0 {
                            held.insert(said);
                        }
                    }
                }
            }
        }
    }
    if head.is_none() || read.lines == 0 {
        return Err(AddressesError::Empty);
    }
    read.kept = ways.into_iter().map(|(code, ways)| (code, sorted(ways))).collect();
    Ok(read)
}

/// Reads on to the end of a line that is too long; how long it was.
fn skip_line(lines: &mut impl BufRead) -> Result<u64, AddressesError> {
    let mut skipped = 0;
    loop {
        let held = lines.fill_buf().map_err(|_| AddressesError::Damaged)?;
        let end = held.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(held.len(), |at| at + 1);
        lines.consume(length);
        skipped += length as u64;
        if end.is_some() || length == 0 {
            return Ok(skipped);
        }
    }
}

/// The text of a line: each says by itself how it was written.
fn decoded(bytes: &[u8], is_first: bool) -> String {
    let bytes = if is_first { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
    std::str::from_utf8(bytes).map_or_else(|_| windows_1252(bytes), str::to_owned)
}

/// The cells of a line, quoted or not; nothing where a quote is not closed.
fn cells(line: &str, separator: char) -> Option<Vec<String>> {
    if !line.contains('"') {
        return Some(line.split(separator).map(str::to_owned).collect());
    }
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut()?;
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    (!quoted).then_some(cells)
}

fn take<'a>(head: &'a Head, text: &str) -> Result<Line<'a>, AddressRefusal> {
    let cells = cells(text, head.separator).ok_or(AddressRefusal::Unreadable)?;
    // A column whose cells have slipped would make someone's number a postcode.
    if cells.len() == head.cells { Ok(Line { head, cells }) } else { Err(AddressRefusal::Cells) }
}

fn sorted(ways: BTreeMap<WayKey, Gathered>) -> Vec<Way> {
    let way = |((name, hamlet, former_commune, postcode), gathered): (WayKey, Gathered)| {
        let numbers = gathered.numbers.into_iter();
        let numbers = numbers.map(|((number, suffix), (_, point))| HouseNumber { number, suffix, point });
        let id = way_id(&name, &hamlet, &former_commune, &postcode);
        Way { id, name, hamlet, former_commune, postcode, point: gathered.point, numbers: numbers.collect() }
    };
    let mut ways: Vec<Way> = ways.into_iter().map(way).collect();
    put_in_order(&mut ways);
    ways
}

/// Names a way by its words: the same way of a newer file, or on another device, is the same line.
fn way_id(name: &str, hamlet: &str, former: &str, postcode: &str) -> LineId {
    let mut digest = Sha256::new();
    for part in [name, hamlet, former, postcode] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let mut id = [0; 16];
    id.copy_from_slice(&digest.finalize()[..16]);
    LineId(id)
}

/// Tries bytes of anyone: nothing panics, every line is accounted for, and what is kept reads again as it was written.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(read) = read(bytes, |_| true) else { return };
    let refused: u32 = read.refused.values().map(|(count, _)| count).sum();
    let of_communes: u32 = read.communes.values().map(|(_, count)| count).sum();
    assert_eq!(read.lines, refused + of_communes, "every line is accounted for");
    for way in read.kept.values().flatten() {
        assert_eq!(Way::read_numbers(&way.numbers_text()), way.numbers, "numbers are written as they are");
        assert!(!way.name.is_empty(), "a way has a name");
    }
    let none = self::read(bytes, |_| false);
    assert_eq!(
        none.map(|none| (none.lines, none.communes)),
        Ok((read.lines, read.communes)),
        "looked at as it is read"
    );
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    const BAN: &str = "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;cad_parcelles\n";

    fn line(number: &str, rep: &str, way: &str, code: &str, hamlet: &str, at: (&str, &str)) -> String {
        format!(";;{number};{rep};{way};13999;{code};Valombre;;;;;{};{};entrée;;{hamlet};;;;;1;\n", at.0, at.1)
    }

    fn gathered(file: &[u8]) -> AddressesRead {
        read(file, |code| code == "13999").expect("a file")
    }

    fn told(read: &AddressesRead) -> Vec<String> {
        let ways = read.kept.values().flatten();
        ways.map(|way| format!("{}|{}|{}", way.name, way.hamlet, way.numbers_text())).collect()
    }

    #[test]
    fn a_file_of_the_national_base_is_gathered_by_way() {
        let file = [
            BAN,
            &line("2", "", "Rue Basse", "13999", "", ("4.5", "43.5")),
            &line("1", "Bis", "Rue Basse", "13999", "", ("4.6", "43.6")),
            &line("1", "", "Rue Basse", "13999", "Les Gâts", ("", "")),
            &line("7", "", "Rue d’Ailleurs", "13000", "", ("4", "43")),
            &line("2", "", "Rue Basse", "13999", "", ("4.9", "43.9")),
        ]
        .concat();
        let read = gathered(file.as_bytes());
        assert_eq!(told(&read), ["Rue Basse||1bis@4600000,43600000;2@4500000,43500000", "Rue Basse|Les Gâts|1"]);
        assert_eq!((read.lines, read.again), (5, 1));
        assert_eq!(read.communes["13000"].1, 1);
        let mut folded = GzEncoder::new(Vec::new(), Compression::default());
        folded.write_all(file.as_bytes()).expect("in memory");
        let folded = folded.finish().expect("in memory");
        assert_eq!(gathered(&folded), read, "folded or not");
        assert_eq!(self::read(&folded[..folded.len() - 9], |_| true), Err(AddressesError::Damaged));
        let western: Vec<u8> = file.replace('’', "'").chars().map(|c| u32::from(c) as u8).collect();
        assert_eq!(told(&gathered(&western)), told(&read), "as a spreadsheet of Windows saved it again");
    }

    #[test]
    fn a_commune_s_own_file_and_places_without_numbers_are_read_too() {
        let bal = "cle_interop;commune_insee;commune_nom;commune_deleguee_nom;voie_nom;lieudit_complement_nom;numero;suffixe;position;long;lat\n\
            ;13999;Valombre;Aubignan;Chemin Haut;La Roussière;4;;segment;4.1;43.1\n\
            ;13999;Valombre;Aubignan;Chemin Haut;La Roussière;4;;entrée;4.2;43.2\n\
            ;13999;Valombre;;Les Gâts;;99999;;;4.3;43.3\n";
        let read = gathered(bal.as_bytes());
        assert_eq!(told(&read), ["Chemin Haut|La Roussière|4@4200000,43200000", "Les Gâts||"]);
        let gats = &read.kept["13999"][1];
        assert_eq!(gats.point, Point::of_degrees("4.3", "43.3"));
        let places = "id,nom_lieu_dit,code_postal,code_insee,nom_commune,lon,lat\n,\"Les Gâts, en haut\",13999,13999,Valombre,4.3,43.3\n";
        assert_eq!(told(&gathered(places.as_bytes())), ["Les Gâts, en haut||"]);
    }

    #[test]
    fn every_line_that_is_refused_is_counted_with_its_reason() {
        let file = [
            BAN,
            &line("12 bis", "", "Rue Basse", "13999", "", ("4", "43")),
            &line("3", "", "Rue Basse", "139", "", ("4", "43")),
            &line("3", "", "  ", "13999", "", ("4", "43")),
            "trop;court\n",
            &line("3", "", "\"Rue", "13999", "", ("4", "43")),
            &format!("{}\n", "é".repeat(20_000)),
            &line("70000", "", "Rue Basse", "13999", "", ("4", "43")),
            "\n",
            &line("5", "", "Rue Basse", "13999", "", ("ici", "999")),
        ]
        .concat();
        let read = gathered(file.as_bytes());
        let refused: Vec<_> = read.refused.iter().map(|(why, (count, first))| (why.code(), *count, *first)).collect();
        assert_eq!(
            refused,
            [("unreadable", 2, 6), ("cells", 1, 5), ("no_commune", 1, 3), ("no_way", 1, 4), ("odd_number", 2, 2)]
        );
        assert_eq!(told(&read), ["Rue Basse||5"], "a point that is none is no point");
    }

    #[test]
    fn what_is_no_file_of_addresses_is_said_so() {
        let error = |bytes: &[u8]| read(bytes, |_| true).expect_err("no file of addresses");
        assert_eq!(error(b""), AddressesError::Empty);
        assert_eq!(error(BAN.as_bytes()), AddressesError::Empty);
        assert_eq!(error(b"Nom;Prenom\nMarchais;Odette\n"), AddressesError::UnknownKind);
        assert_eq!(error(b"PK\x03\x04"), AddressesError::UnknownKind);
        assert_eq!(error(&[b'x'; 40_000]), AddressesError::UnknownKind);
        assert_eq!(error(b"\x1f\x8b nothing folded"), AddressesError::Damaged);
    }

    #[test]
    fn more_than_is_kept_is_refused_whole_and_looked_at_all_the_same() {
        let lines: String = (0..=MAX_KEPT)
            .map(|n| line(&(n % 9_000 + 1).to_string(), "", &format!("Rue {}", n / 9_000), "13999", "", ("4", "43")))
            .collect();
        let file = [BAN, &lines].concat();
        assert_eq!(read(file.as_bytes(), |_| true), Err(AddressesError::TooLarge));
        let looked = read(file.as_bytes(), |_| false).expect("a file");
        assert_eq!(looked.lines as usize, MAX_KEPT + 1);
    }
}

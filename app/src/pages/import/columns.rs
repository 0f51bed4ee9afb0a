//! What each column of a table holds: guessed, shown with its first cells, and corrected by whoever knows the file.

use leptos::prelude::*;
use maillon_shared::api::responses::{ImportColumn, ImportPreview};

use crate::pages::directory::words::field_words;
use crate::words::{Word, import as w, import_collective as c, import_people};

use super::why::withheld_words;

/// How many cells are shown of each column.
const CELLS: usize = 3;
/// The fields of which one at least names an entry.
const NAMES: [&str; 6] = ["name", "given_name", "full_name", "family_name", "usual_name", "birth_name"];

/// The id of a column's choice in the page.
pub fn id(column: usize) -> String {
    format!("column-{column}")
}

/// Whether some column gives the name, without which no line comes in.
pub fn gives_a_name(chosen: &[Option<String>]) -> bool {
    chosen.iter().flatten().any(|field| NAMES.contains(&field.as_str()))
}

/// Every column, with its choice.
#[component]
pub fn Columns(preview: ImportPreview, chosen: RwSignal<Vec<Option<String>>>) -> impl IntoView {
    let ImportPreview { columns, sample, fields, .. } = preview;
    let fields = StoredValue::new(fields);
    let (withheld, read): (Vec<_>, Vec<_>) =
        columns.into_iter().enumerate().partition(|(_, column)| column.withheld.is_some());
    let withheld = withheld.into_iter().map(|(_, column)| column).collect::<Vec<_>>();
    let column = move |(at, ImportColumn { head, .. }): (usize, ImportColumn)| {
        let cells = first_cells(&sample, at);
        view! { <Column at=at head=head cells=cells fields=fields chosen=chosen /> }
    };
    view! {
        <Withheld columns=withheld />
        <section aria-labelledby="columns">
            <h2 id="columns">{w::columns_title}</h2>
            <p class="detail">{w::columns_lead}</p>
            <div class="columns">{read.into_iter().map(column).collect_view()}</div>
        </section>
    }
}

/// The columns that are never read, and why.
#[component]
pub fn Withheld(columns: Vec<ImportColumn>) -> impl IntoView {
    let column = |ImportColumn { head, withheld, .. }: ImportColumn| {
        let why = withheld.unwrap_or_default();
        view! { <li><span class="who">{head}</span> " · " {move || withheld_words(&why).to_owned()}</li> }
    };
    (!columns.is_empty()).then(|| {
        view! {
            <section class="state-note" aria-labelledby="withheld">
                <h2 id="withheld">{import_people::withheld_title}</h2>
                <p>{import_people::withheld_lead}</p>
                <ul>{columns.into_iter().map(column).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Column(
    at: usize,
    head: String,
    cells: String,
    fields: StoredValue<Vec<String>>,
    chosen: RwSignal<Vec<Option<String>>>,
) -> impl IntoView {
    let hint = format!("{}-cells", id(at));
    let name = move || if head.trim().is_empty() { w::column(at + 1) } else { head.clone() };
    let now = Memo::new(move |_| chosen.with(|chosen| chosen.get(at).cloned().flatten()));
    let options = move || {
        let options = fields.get_value().into_iter().map(|code| {
            let words = collective_field(&code).map_or_else(|| field_words(&code).to_owned(), |word| word().to_owned());
            let kept = code.clone();
            view! { <option value=code prop:selected=move || now.with(|now| now.as_ref() == Some(&kept))>{words}</option> }
        });
        options.collect_view()
    };
    let choose = move |code: String| {
        chosen.update(|chosen| {
            if let Some(field) = chosen.get_mut(at) {
                *field = (!code.is_empty()).then_some(code);
            }
        });
    };
    let shown = move || if cells.is_empty() { w::sample_none().to_owned() } else { w::sample(&cells) };
    view! {
        <div class="field column" class:left-out=move || now.with(Option::is_none)>
            <label for=id(at)>{name}</label>
            <p class="hint" id=hint.clone()>{shown}</p>
            <select id=id(at) aria-describedby=hint on:change:target=move |event| choose(event.target().value())>
                <option value="" prop:selected=move || now.with(Option::is_none)>{w::not_taken}</option>
                {options}
            </select>
        </div>
    }
}

/// What a field of a table of a collective is called; none of what other tables have.
fn collective_field(code: &str) -> Option<Word> {
    Some(match code {
        "population" => c::population,
        "within_code" => c::within_code,
        "within" => c::within,
        "year" => c::year,
        "line_kind" => c::line_kind,
        "title" => c::title,
        "host" => c::host,
        "theme" => c::theme,
        "state" => c::state,
        "object" => c::object,
        "source" => c::source,
        _ => return None,
    })
}

/// The first cells of a column that say something, each once.
fn first_cells(sample: &[Vec<String>], column: usize) -> String {
    let mut cells: Vec<&str> = Vec::new();
    for cell in sample.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim()) {
        if !cell.is_empty() && !cells.contains(&cell) && cells.len() < CELLS {
            cells.push(cell);
        }
    }
    cells.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_whose_names_are_not_taken_is_stopped_before_it_refuses_every_line() {
        let chosen = |fields: &[&str]| -> Vec<Option<String>> {
            fields.iter().map(|field| (!field.is_empty()).then(|| (*field).to_owned())).collect()
        };
        assert!(gives_a_name(&chosen(&["", "name", "phone"])));
        assert!(gives_a_name(&chosen(&["full_name"])));
        assert!(gives_a_name(&chosen(&["family_name"])));
        assert!(!gives_a_name(&chosen(&["", "role", "workplace"])));
    }

    #[test]
    fn a_column_shows_its_first_cells_that_say_something() {
        let sample: Vec<Vec<String>> = [["CPTS", ""], ["MSP", ""], ["MSP", "x"], ["DAC", "y"], ["SAD", "z"]]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec();
        assert_eq!(first_cells(&sample, 0), "CPTS · MSP · DAC");
        assert_eq!(first_cells(&sample, 1), "x · y · z");
        assert_eq!(first_cells(&sample, 2), "");
    }
}

//! A group to found, with whom to ask; and its name, to change.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use maillon_shared::api::groups::GroupRequest;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::ids::{GroupId, NeighbourId};

use super::{about, all, one};
use crate::drafts::{self, Fields};
use crate::pages::exchange::TwentyFourWords;
use crate::routes::{GroupRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{Choice, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, Ticks, load_once, when_loaded};
use crate::words::{form as f, groups as w};

/// The form's code among the drafts.
const FORM: &str = "group";
const NAME: &str = "name";
const AIM: &str = "aim";
/// How the field of a neighbour who is asked begins.
const ASKED: &str = "asked-";

/// What the form holds. The twenty-four words are not of it: no draft keeps them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Form {
    name: String,
    aim: String,
    asked: BTreeSet<String>,
}

/// A group to found.
#[component]
pub fn NewGroupPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = all().await?;
        Ok((Opened::find(drafts::key(FORM, ""), Form::default(), lay).await, all))
    });
    when_loaded(loaded, |loaded| {
        let (opened, all) = loaded.get_untracked();
        let words = RwSignal::new(String::new());
        let words_needed = all.words_needed;
        let choices: Vec<Choice> =
            all.neighbours.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
        let save = move |form: &Form, draft: DraftKey| {
            named(form)?;
            let request = GroupRequest::Found {
                name: form.name.clone(),
                aim: form.aim.clone(),
                neighbours: form.asked.iter().filter_map(|id| NeighbourId::parse(id)).collect(),
                words: words_needed.then(|| words.get_untracked()),
                draft: Some(draft),
            };
            Ok(Save { request: about(request), then: Route::Groups(GroupRoute::List) })
        };
        view! {
            <FormFrame
                title=w::found_do
                way_back=Route::Groups(GroupRoute::List)
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    let toggle = move |id: String| {
                        form.update(|form| {
                            if !form.asked.remove(&id) {
                                form.asked.insert(id);
                            }
                        });
                    };
                    view! {
                        <NameFields form=form problems=problems />
                        <Ticks
                            name="asked"
                            legend=w::who
                            hint=w::who_hint
                            choices=choices.clone()
                            ticked=Signal::derive(move || form.with(|form| form.asked.clone()))
                            toggle=Callback::new(toggle)
                        />
                        {words_needed.then(|| view! { <TwentyFourWords id="group-words" words=words /> })}
                    }
                }
            />
        }
    })
}

/// A group's name, to change.
#[component]
pub fn EditGroupPage(id: GroupId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = one(id).await?;
        let before = Form { name: file.row.name, aim: file.aim, asked: BTreeSet::new() };
        Ok(Opened::find(drafts::key(FORM, id), before, lay).await)
    });
    let there = Route::Groups(GroupRoute::One(id));
    when_loaded(loaded, move |opened| {
        let then = there.clone();
        let before = opened.with_untracked(|opened: &Opened<Form>| opened.before.clone());
        let save = move |form: &Form, draft: DraftKey| {
            named(form)?;
            // What was not touched is not written over what another wrote meanwhile.
            let (name, aim) = (Some(form.name.clone()), Some(form.aim.clone()));
            let name = name.filter(|name| *name != before.name);
            let aim = aim.filter(|aim| *aim != before.aim);
            let request = GroupRequest::Name { group: id, name, aim, draft: Some(draft) };
            Ok(Save { request: about(request), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                opened=opened.get_untracked()
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=|form, problems| view! { <NameFields form=form problems=problems /> }
            />
        }
    })
}

#[component]
fn NameFields(form: RwSignal<Form>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let name = Text::within(form, |form: &Form| form.name.clone(), |form, name| form.name = name);
    let aim = Text::within(form, |form: &Form| form.aim.clone(), |form, aim| form.aim = aim);
    view! {
        <TextField id=NAME label=w::name hint=w::name_hint text=name error=problem_of(problems, NAME) />
        <TextArea id=AIM label=w::aim hint=w::aim_hint text=aim lines=3 />
    }
}

fn named(form: &Form) -> Result<(), Vec<Problem>> {
    match form.name.trim().is_empty() {
        true => Err(vec![Problem { field: NAME.into(), words: w::needs_name().into() }]),
        false => Ok(()),
    }
}

fn fields_since(opened: &Form, now: &Form) -> Fields {
    let texts = |form: &Form| [(NAME, form.name.clone()), (AIM, form.aim.clone())];
    let mut fields = Fields::that_differ(texts(opened), texts(now));
    for id in opened.asked.symmetric_difference(&now.asked) {
        fields.put(format!("{ASKED}{id}"), if now.asked.contains(id) { "yes" } else { "" });
    }
    fields
}

fn lay(form: &mut Form, fields: &Fields) {
    let kept: BTreeMap<&str, &str> = fields.iter().collect();
    if let Some(name) = kept.get(NAME) {
        (*name).clone_into(&mut form.name);
    }
    if let Some(aim) = kept.get(AIM) {
        (*aim).clone_into(&mut form.aim);
    }
    for (name, value) in kept {
        let Some(id) = name.strip_prefix(ASKED) else { continue };
        if value.is_empty() {
            form.asked.remove(id);
        } else {
            form.asked.insert(id.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_of_a_group_is_found_again() {
        let now = Form { name: "Collines".into(), aim: "Un forum".into(), asked: ["aa".to_owned()].into() };
        let mut again = Form::default();
        lay(&mut again, &fields_since(&Form::default(), &now));
        assert_eq!(again, now);
        assert!(fields_since(&now, &now).is_empty());
        let mut unticked = now.clone();
        unticked.asked.clear();
        let mut again = now.clone();
        lay(&mut again, &fields_since(&now, &unticked));
        assert_eq!(again, unticked);
    }
}

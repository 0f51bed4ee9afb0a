//! Lists on paper: everyone who is in the list is on it, with its day and what to do with it afterwards, and no button.

use maillon_shared::api::{Request, Response};
use maillon_shared::text::format::{DateStyle, date};
use maillon_shared::text::language::Language;
use maillon_tests::clock::today;
use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::harness::{Device, PASSPHRASE};
use maillon_tests::in_chromium;
use maillon_tests::village::Size;

use crate::demo::{goes_to_the_made_up_commune, serves_a_commune};

in_chromium!(a_long_list_is_whole_on_paper);

/// How many rows a list draws at first.
const SLICE: usize = 100;

/// The browser's own dialogue would wait for someone: instead, says how many rows it was given.
pub const NO_DIALOGUE: &str = "window.print = () => {
    document.body.dataset.printed = document.querySelectorAll('main .rows > li').length; }";
/// What can still be pressed, typed in or chosen.
pub const TOUCHED: &str = "return [...document.querySelectorAll('button, .button, input, select, .chip')]
    .filter((one) => one.getClientRects().length > 0).map((one) => one.textContent || one.id).join()";

/// Names as the page gives them: their spaces made one.
fn spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(device: &mut Device) -> Told<(Vec<String>, Vec<String>)> {
    let Response::People(people) = device.asks(Request::People) else { return Err("no people".into()) };
    let Response::Directory(entries) = device.asks(Request::Directory) else { return Err("no directory".into()) };
    let people = people.iter().map(|row| spaced(&row.name)).collect();
    let entries = entries.iter().map(|row| spaced(&row.name)).collect();
    Ok((people, entries))
}

async fn prints_whole(visitor: &mut Coordinator<'_, Chromium>, names: &[String], picture: &str) -> Told {
    assert!(names.len() > SLICE, "{picture}: {} rows", names.len());
    visitor.host.page().execute("delete document.body.dataset.printed", vec![]).await?;
    visitor.presses("Imprimer").await?;
    let body = visitor.host.wait_for(Locator::Css("body[data-printed]")).await?;
    let printed = body.attr("data-printed").await?;
    assert_eq!(printed, Some(names.len().to_string()), "{picture}");

    visitor.host.show_as_printed(true).await?;
    let as_of = format!("Au {}", date(today(), DateStyle::DayYear, Language::Fr));
    visitor.sees(names.last().map_or("", String::as_str)).await?;
    let paper = visitor.reads().await?;
    let missing = [as_of.as_str(), "À détruire après usage."].into_iter().chain(names.iter().map(String::as_str));
    let missing: Vec<_> = missing.filter(|said| !paper.contains(said)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "{picture}");
    let touched = visitor.host.page().execute(TOUCHED, vec![]).await?;
    assert_eq!(touched.as_str(), Some(""), "{picture}");
    // What a print queue and a file of it are named after.
    assert_eq!(visitor.host.page().title().await?, "Maillon");
    visitor.host.keep_picture(picture).await?;
    visitor.host.show_as_printed(false).await
}

async fn a_long_list_is_whole_on_paper(host: &mut Chromium) -> Told {
    let mut device = serves_a_commune(host, Size::Demo)?;
    let (people, entries) = names(&mut device)?;
    host.start().await?;
    goes_to_the_made_up_commune(host).await?;
    let mut visitor = Coordinator::at(host);
    visitor.sees("Commune inventée").await?;
    visitor.unlocks(PASSPHRASE).await?;
    // As wide as a sheet of A4.
    visitor.host.resize(794, 1123).await?;
    visitor.host.page().execute(NO_DIALOGUE, vec![]).await?;
    visitor.presses("Personnes").await?;
    visitor.sees("Accompagnées").await?;
    visitor.chooses("shown", "all").await?;
    visitor.sees(&people.len().to_string()).await?;
    prints_whole(&mut visitor, &people, "people-on-paper").await?;

    // This one is drawn a slice at a time.
    visitor.goes_to("/directory").await?;
    // Once its slice is drawn, nothing moves under the hand any more; the people have a hundredth row too.
    visitor.host.wait_for(Locator::Css("main .directory-files")).await?;
    visitor.host.wait_for(Locator::Css("main .rows.entries > li:nth-child(100)")).await?;
    prints_whole(&mut visitor, &entries, "directory-on-paper").await
}

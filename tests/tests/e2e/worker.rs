//! The browser's host by itself, with no screen: its store under every case of the contract, a full browser, a second
//! tab, a power cut; and the engine over it, through the same messages as the screens.

use maillon_shared::api::requests::NewNotebook;
use maillon_shared::api::responses::Status;
use maillon_shared::api::{Answer, Failure, Request, Response, decode, encode};
use maillon_tests::e2e::{Chromium, Host, Told};
use maillon_tests::in_chromium;
use serde_json::{Value, json};

in_chromium!(
    the_store_keeps_its_contract,
    a_killed_browser_has_all_that_was_acknowledged,
    a_browser_with_no_room_left_says_so_and_loses_nothing,
    fifteen_thousand_rows_are_read_at_once,
    a_second_tab_is_told_and_goes_on_once_the_first_is_closed,
    a_passphrase_is_stretched_beside_the_engine,
    after_a_panic_the_engine_says_that_it_has_stopped,
);

/// Runs one case of the suite in a worker of its own, and gives what it passed with.
const RUN: &str = r#"
    const [script, what, rows, done] = arguments;
    const worker = new Worker(script, { type: "module", name: "contract" });
    worker.onerror = (event) => done({ failed: event.message ?? "the worker did not start" });
    worker.onmessage = ({ data }) => {
        if ("acknowledged" in data) window.acknowledged = data.acknowledged;
        else if ("cases" in data && what) worker.postMessage({ case: what, rows });
        else { worker.terminate(); done(data); }
    };
"#;

/// The same, for a case that never ends.
const RUN_FOR_EVER: &str = r#"
    const [script, what, done] = arguments;
    const worker = new Worker(script, { type: "module", name: "contract" });
    worker.onmessage = ({ data }) => {
        if ("acknowledged" in data) window.acknowledged = data.acknowledged;
        else if ("cases" in data) { worker.postMessage({ case: what, rows: 0 }); done(true); }
        else window.ended = data;
    };
"#;

/// Says something to the engine of this page, started at the first word, and gives its answer.
const ASK: &str = r#"
    const [script, message, done] = arguments;
    if (!window.engine) {
        window.engine = new Worker(script, { type: "module" });
        window.heard = [];
        window.waiting = new Map();
        window.engine.onmessage = ({ data }) => {
            if ("id" in data) window.waiting.get(data.id)(data);
            else window.heard.push(data);
        };
    }
    const id = window.waiting.size + 1;
    window.waiting.set(id, ({ bytes, memory }) => done(bytes ? Array.from(bytes) : memory));
    if (message.bytes) message.bytes = new Uint8Array(message.bytes);
    window.engine.postMessage({ id, ...message });
"#;

/// What the browser has of the site: the names of its databases, and how much room all of it takes.
const STORES: &str = r#"
    const done = arguments[0];
    Promise.all([indexedDB.databases(), navigator.storage.estimate()])
        .then(([databases, { usage }]) => done({ databases, usage }), (error) => done(String(error)));
"#;

async fn run(host: &Chromium, script: &str, case: &str, rows: u32) -> Told<Value> {
    let outcome = host.page().execute_async(RUN, vec![json!(script), json!(case), json!(rows)]).await?;
    match outcome.get("passed") {
        Some(passed) => Ok(passed.clone()),
        None => Err(format!("{case}: {outcome}").into()),
    }
}

async fn say(host: &Chromium, script: &str, message: Value) -> Told<Value> {
    Ok(host.page().execute_async(ASK, vec![json!(script), message]).await?)
}

async fn ask(host: &Chromium, script: &str, request: &Request) -> Told<Answer> {
    let bytes: Vec<u8> = serde_json::from_value(say(host, script, json!({ "bytes": encode(request) })).await?)?;
    Ok(decode(&bytes).ok_or("the answer is no answer")?)
}

/// The same suite as every other store, and strict durability besides.
async fn the_store_keeps_its_contract(host: &mut Chromium) -> Told {
    let script = host.start_quietly().await?;
    let cases = host.page().execute_async(RUN, vec![json!(script), json!(""), json!(0)]).await?;
    let cases: Vec<String> = serde_json::from_value(cases["cases"].clone())?;
    assert!(cases.len() > 10, "{cases:?}");
    for case in cases {
        assert_eq!(run(host, &script, &case, 0).await?, true, "{case}");
    }
    Ok(())
}

/// Killed in the middle of a commit, again and again: each acknowledged batch is there, and none by half.
async fn a_killed_browser_has_all_that_was_acknowledged(host: &mut Chromium) -> Told {
    let mut script = host.start_quietly().await?;
    for after_ms in [150, 40, 260, 90, 330] {
        let before = run(host, &script, "count_committed", 0).await?.as_u64().unwrap_or_default();
        host.page().execute_async(RUN_FOR_EVER, vec![json!(script), json!("commit_until_stopped")]).await?;
        let mut acknowledged = 0;
        while acknowledged < before + 5 {
            acknowledged = host.page().execute("return window.acknowledged ?? 0", vec![]).await?.as_u64().unwrap_or(0);
        }
        tokio::time::sleep(std::time::Duration::from_millis(after_ms)).await;
        let acknowledged = host.page().execute("return window.acknowledged", vec![]).await?;
        host.kill();
        script = host.start_quietly().await?;
        let there = run(host, &script, "count_committed", 0).await?;
        if there.as_u64() < acknowledged.as_u64() {
            // Whether the browser still knows of any store tells a loss of ours from one of its own.
            let stores = host.page().execute_async(STORES, vec![]).await?;
            panic!("{acknowledged} were acknowledged, {there} are there; before {before}; the browser has {stores}");
        }
    }
    Ok(())
}

/// The batch that does not fit leaves nothing behind, what was there can be read, and work goes on once there is room.
async fn a_browser_with_no_room_left_says_so_and_loses_nothing(host: &mut Chromium) -> Told {
    let script = host.start_quietly().await?;
    // Beside the copy of the program.
    let used = "const [done] = arguments; navigator.storage.estimate().then(({ usage }) => done(usage))";
    let used = host.page().execute_async(used, vec![]).await?.as_u64().unwrap_or_default();
    host.allow_bytes(Some(used + 8_000_000)).await?;
    let kept = run(host, &script, "commit_until_full", 0).await?;
    assert!(kept.as_u64() > Some(5), "{kept}");
    host.allow_bytes(None).await?;
    assert_eq!(run(host, &script, "write_after_full", 0).await?, kept);
    Ok(())
}

/// A table as large as the views of 60,000 records: in a tests' build, on a busy machine, with room to spare.
async fn fifteen_thousand_rows_are_read_at_once(host: &mut Chromium) -> Told {
    let script = host.start_quietly().await?;
    let took_ms = run(host, &script, "read_a_table", 15_000).await?;
    eprintln!("15,000 rows of 1 kB read in {took_ms} ms");
    assert!(took_ms.as_f64() < Some(5_000.0), "{took_ms} ms");
    Ok(())
}

/// Two tabs never have the notebook at once; nobody has to reload when the first is closed.
async fn a_second_tab_is_told_and_goes_on_once_the_first_is_closed(host: &mut Chromium) -> Told {
    let script = host.start_quietly().await?;
    assert!(ask(host, &script, &Request::Status).await? == Ok(Response::Status(Status::None)));
    let first = host.page().window().await?;
    let second = host.another_page().await?;
    for _ in 0..2 {
        assert!(ask(host, &script, &Request::Status).await? == Err(Failure::InUse));
    }
    host.page().switch_to_window(first).await?;
    host.page().close_window().await?;
    host.page().switch_to_window(second).await?;
    assert!(ask(host, &script, &Request::Status).await? == Ok(Response::Status(Status::None)));
    Ok(())
}

/// 64 MiB are needed once, in a worker that ends: the engine's own memory never grows by them. It is as true with a copy
/// of the program that no server gave.
async fn a_passphrase_is_stretched_beside_the_engine(host: &mut Chromium) -> Told {
    let script = host.start_quietly().await?;
    host.end_server();
    let Ok(Response::Words(words)) = ask(host, &script, &Request::ProposeWords).await? else {
        return Err("no words were proposed".into());
    };
    let passphrase = "le mistral tourne à Mouriès".to_owned();
    let new = NewNotebook { passphrase, words: words.join(" "), settings: Vec::new() };
    assert!(ask(host, &script, &Request::Create(new)).await? == Ok(Response::Done));
    assert!(ask(host, &script, &Request::Status).await? == Ok(Response::Status(Status::Open)));
    let memory_bytes = say(host, &script, json!({ "memory": 1 })).await?.as_u64().unwrap_or(u64::MAX);
    assert!(memory_bytes < 48 << 20, "{memory_bytes}");
    Ok(())
}

/// It never hangs and is never used again; the page hears of it, and of no word that was typed.
async fn after_a_panic_the_engine_says_that_it_has_stopped(host: &mut Chromium) -> Told {
    let script = host.start_quietly().await?;
    assert!(ask(host, &script, &Request::Status).await? == Ok(Response::Status(Status::None)));
    let answer: Vec<u8> = serde_json::from_value(say(host, &script, json!({ "panic": "Odette" })).await?)?;
    assert!(decode::<Answer>(&answer) == Some(Err(Failure::Stopped)));
    assert!(ask(host, &script, &Request::Status).await? == Err(Failure::Stopped));
    let heard = host.page().execute("return JSON.stringify(window.heard)", vec![]).await?;
    let heard = heard.as_str().unwrap_or_default();
    assert!(heard.contains("failed") && heard.contains("page.rs") && !heard.contains("Odette"), "{heard}");
    Ok(())
}

//! The contract of stores, run over IndexedDB in a real browser. Never shipped.
//!
//! ```text
//! worker → page   {cases}                   what there is to run, at the start
//! page → worker   {case, rows}              runs one: a worker runs one case, for a panic ends it
//! worker → page   {acknowledged: n}         during some cases: so far, it is on the disk
//! worker → page   {passed: …} or {failed}   the end
//! ```
#![allow(clippy::unwrap_used, reason = "a suite of tests: to panic is how it says no")]

use std::panic;

use js_sys::{Array, Date};
use maillon_engine::contract::{self, Reopen};
use maillon_engine::store::{Batch, Store, StoreError, Table};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::store::{IdbStore, last_was_strict};
use crate::{field, message};

/// The name of a worker that runs it.
pub(crate) const TASK: &str = "contract";

/// A database of its own for each case.
struct Database(&'static str);

impl Reopen for Database {
    type Store = IdbStore;

    async fn open(&mut self) -> Result<IdbStore, StoreError> {
        IdbStore::open(self.0).await
    }

    async fn close(&mut self, store: IdbStore) {
        store.close();
    }
}

/// Says what there is, and runs what is asked.
pub(crate) fn serve(scope: DedicatedWorkerGlobalScope) -> Result<(), JsValue> {
    panic::set_hook(Box::new(|panic| {
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
        let _ = scope.post_message(&message([("failed", panic.to_string().into())]));
    }));
    let runner = scope.clone();
    let run = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let scope = runner.clone();
        let case = field(&event.data(), "case").as_string().unwrap_or_default();
        let rows = field(&event.data(), "rows").as_f64().unwrap_or_default() as u32;
        spawn_local(async move {
            let passed = run(&scope, &case, rows).await;
            let _ = scope.post_message(&message([("passed", passed)]));
        });
    });
    scope.set_onmessage(Some(run.as_ref().unchecked_ref()));
    run.forget();

    let cases = Array::new();
    macro_rules! name {
        ($name:ident) => {
            cases.push(&stringify!($name).into());
        };
    }
    maillon_engine::store_contract!(name);
    cases.push(&"every_write_waits_for_the_disk".into());
    scope.post_message(&message([("cases", cases.into())]))
}

async fn run(scope: &DedicatedWorkerGlobalScope, case: &str, rows: u32) -> JsValue {
    macro_rules! case {
        ($name:ident) => {
            if case == stringify!($name) {
                contract::$name(&mut Database(stringify!($name))).await;
                return JsValue::TRUE;
            }
        };
    }
    maillon_engine::store_contract!(case);
    match case {
        "every_write_waits_for_the_disk" => every_write_waits_for_the_disk().await,
        "commit_until_stopped" => commit_until_stopped(scope).await,
        "count_committed" => count_committed().await,
        "commit_until_full" => commit_until_full(scope).await,
        "write_after_full" => write_after_full().await,
        "read_a_table" => read_a_table(rows).await,
        unknown => panic!("no case {unknown}"),
    }
}

async fn every_write_waits_for_the_disk() -> JsValue {
    let mut store = IdbStore::open("strict").await.unwrap();
    let mut batch = Batch::new();
    batch.put(Table::Meta, b"key", b"value");
    store.commit(batch).await.unwrap();
    assert!(last_was_strict());
    JsValue::TRUE
}

/// Acknowledges commit after commit until someone kills the browser. Each batch writes two tables: both or none.
async fn commit_until_stopped(scope: &DedicatedWorkerGlobalScope) -> JsValue {
    let mut store = IdbStore::open("killed").await.unwrap();
    let first = store.scan(Table::Frames, b"").await.unwrap().len() as u32;
    for number in first.. {
        let mut batch = Batch::new();
        batch.put(Table::Frames, number.to_be_bytes(), vec![number as u8; 2_000]);
        batch.put(Table::Acts, number.to_be_bytes(), number.to_be_bytes());
        store.commit(batch).await.unwrap();
        let _ = scope.post_message(&message([("acknowledged", (number + 1).into())]));
    }
    JsValue::FALSE
}

/// How many of those commits are there: all from the first on, whole.
async fn count_committed() -> JsValue {
    let store = IdbStore::open("killed").await.unwrap();
    let frames = store.scan(Table::Frames, b"").await.unwrap();
    let acts = store.scan(Table::Acts, b"").await.unwrap();
    assert_eq!(frames.len(), acts.len(), "a batch is there by half");
    for (number, ((key, value), (act_key, act))) in (0_u32..).zip(frames.iter().zip(&acts)) {
        assert_eq!(
            (&key[..], &act_key[..], &act[..]),
            (&number.to_be_bytes()[..], &number.to_be_bytes()[..], &key[..])
        );
        assert_eq!(*value, vec![number as u8; 2_000]);
    }
    store.check().await.unwrap();
    (frames.len() as u32).into()
}

/// Fills what the browser allows: the batch that does not fit leaves nothing, and what was there stays and can be
/// taken away to make room.
async fn commit_until_full(scope: &DedicatedWorkerGlobalScope) -> JsValue {
    const MOST: u32 = 1_000;
    let mut store = IdbStore::open("full").await.unwrap();
    let filling = |number: u32| {
        let mut batch = Batch::new();
        batch.put(Table::Acts, number.to_be_bytes(), b"one of two");
        // Nothing that compresses.
        let mut chance = contract::Chance(u64::from(number) + 1);
        let noise: Vec<u8> = (0..32_768).flat_map(|_| chance.draw().to_le_bytes()).collect();
        batch.put(Table::Frames, number.to_be_bytes(), noise);
        batch
    };
    for number in 0..MOST {
        match store.commit(filling(number)).await {
            Ok(()) => {
                let _ = scope.post_message(&message([("acknowledged", (number + 1).into())]));
            }
            Err(StoreError::Full) => {
                assert_eq!(store.scan(Table::Acts, b"").await.unwrap().len() as u32, number);
                assert_eq!(store.scan(Table::Frames, b"").await.unwrap().len() as u32, number);
                assert_eq!(store.get(Table::Frames, &number.to_be_bytes()).await.unwrap(), None);
                return number.into();
            }
            Err(other) => panic!("{other}"),
        }
    }
    panic!("never full")
}

/// There is room again: what was kept is there, and work goes on.
async fn write_after_full() -> JsValue {
    let mut store = IdbStore::open("full").await.unwrap();
    let kept = store.scan(Table::Acts, b"").await.unwrap().len() as u32;
    let mut batch = Batch::new();
    batch.put(Table::Acts, kept.to_be_bytes(), vec![1; 1_000_000]);
    store.commit(batch).await.unwrap();
    kept.into()
}

/// How many milliseconds it takes to read a table of rows of 1 kB.
async fn read_a_table(rows: u32) -> JsValue {
    let mut store = IdbStore::open("large").await.unwrap();
    let mut batch = Batch::new();
    for number in 0..rows {
        batch.put(Table::Views, number.to_be_bytes(), vec![number as u8; 1_000]);
    }
    store.commit(batch).await.unwrap();
    store.close();
    let store = IdbStore::open("large").await.unwrap();
    let before = Date::now();
    let read = store.scan(Table::Views, b"").await.unwrap();
    let took = Date::now() - before;
    assert!(read.iter().map(|(key, _)| &key[..]).eq((0..rows).map(u32::to_be_bytes).collect::<Vec<_>>().iter()));
    took.into()
}

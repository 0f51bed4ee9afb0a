//! The power goes at every write in turn, and nothing that was acknowledged is lost.
//!
//! A history of a notebook (made, written to, purged, closed and reopened) is run again and again, cut one step later
//! each time, often a second time while it recovers. Then the store opens, is whole, and holds all that was
//! acknowledged, and of the batch under way all or nothing. `MAILLON_POWER_CUTS` asks for more than CI has time for, and
//! `MAILLON_SEED` for other histories.
#![allow(clippy::unwrap_used, reason = "tests")]

mod vfs;

use std::path::Path;

use maillon_engine::contract::{Chance, Model, now};
use maillon_engine::store::{Batch, Store, StoreError, Table};
use maillon_host::sqlite::{Driving, SqliteStore};
use vfs::{Fault, Vfs};

const CUTS_IN_CI: u64 = 2_000;
const MOVES: u32 = 30;

/// What the store should hold: what was acknowledged, and what was under way when it broke off.
struct Story {
    acknowledged: Model,
    under_way: Option<Model>,
    /// Whether the making of the store was acknowledged.
    made: bool,
}

struct Bench {
    vfs: Vfs,
    /// Holds the lock file alone; the rows are on the simulated disk.
    folder: tempfile::TempDir,
}

impl Bench {
    fn new(name: &'static str) -> Self {
        // In memory where it can be: the folder's own syncs are not what is tried here.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        Bench { vfs: Vfs::register(name), folder }
    }

    fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// The log goes into the file after a few pages, so that this too is cut often.
    fn driving(&self) -> Driving<'static> {
        Driving { vfs: Some(self.vfs.name()), checkpoint_pages: 6 }
    }

    fn open(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::open_driven(self.dir(), self.driving())
    }

    fn create(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::create_driven(self.dir(), self.driving())
    }

    /// A life of a notebook, up to the first error.
    fn live(&self, seed: u64, story: &mut Story) -> Result<(), StoreError> {
        let mut chance = Chance(seed);
        let mut store = self.create()?;
        story.made = true;
        for _ in 0..MOVES {
            match chance.below(9) {
                0 => store = self.reopened(store)?,
                1 => now(store.purge())?,
                _ => {
                    let mut batch = chance.batch();
                    batch.put(Table::Acts, b"always something", chance.draw().to_be_bytes());
                    let mut after = story.acknowledged.clone();
                    after.apply(&batch);
                    story.under_way = Some(after.clone());
                    now(store.commit(batch))?;
                    story.acknowledged = after;
                    story.under_way = None;
                }
            }
        }
        Ok(())
    }

    fn reopened(&self, store: SqliteStore) -> Result<SqliteStore, StoreError> {
        drop(store);
        self.open()
    }
}

#[test]
fn a_power_cut_at_any_write_loses_nothing_acknowledged() {
    let wanted: u64 = std::env::var("MAILLON_POWER_CUTS").ok().map_or(CUTS_IN_CI, |cuts| cuts.parse().unwrap());
    let bench = Bench::new("power-cut");
    let (mut cuts, mut twice, mut whole, mut absent, mut unmade) = (0, 0, 0, 0, 0);
    // The disk has 32 bits of it.
    let mut seed = std::env::var("MAILLON_SEED").map_or(0, |seed| seed.parse::<u64>().unwrap() % 4_000_000 * 1_000);
    while cuts < wanted {
        seed += 1;
        for step in 1.. {
            let at = format!("seed {seed}, step {step}");
            {
                let mut disk = bench.vfs.disk();
                disk.wipe();
                disk.seed = seed << 32;
                disk.plan(step, Fault::Cut);
            }
            let mut story = Story { acknowledged: Model::default(), under_way: None, made: false };
            let _ = bench.live(seed, &mut story);
            if !bench.vfs.disk().is_dark() {
                assert!(step > 40, "{at}: the history has few steps");
                break;
            }
            cuts += 1;

            // It comes back, and goes again while the store recovers.
            if step % 3 == 0 {
                let mut disk = bench.vfs.disk();
                disk.restore();
                disk.plan(1 + step % 4, Fault::Cut);
                drop(disk);
                drop(bench.open());
                twice += u64::from(bench.vfs.disk().is_dark());
            }
            bench.vfs.disk().restore();

            let store = match bench.open() {
                Ok(store) => store,
                Err(_) if !story.made => {
                    unmade += 1;
                    bench.create().unwrap_or_else(|error| panic!("{at}: cannot be made again: {error}"))
                }
                Err(error) => panic!("{at}: does not open: {error}"),
            };
            now(store.check()).unwrap_or_else(|error| panic!("{at}: {error}"));
            let kept = now(story.acknowledged.is(&store)).unwrap();
            let under_way = story.under_way.as_ref().is_some_and(|model| now(model.is(&store)).unwrap());
            assert!(kept || under_way, "{at}: neither what was acknowledged nor that and the batch under way");
            match story.under_way {
                Some(_) if under_way => whole += 1,
                Some(_) => absent += 1,
                None => {}
            }

            // And it goes on.
            let mut store = store;
            let mut batch = Batch::new();
            batch.put(Table::Drafts, b"after the cut", b"1");
            now(store.commit(batch)).unwrap_or_else(|error| panic!("{at}: {error}"));
        }
    }
    let fate = bench.vfs.disk().fate;
    eprintln!("{cuts} cuts, {twice} of them twice, {whole} batches kept, {absent} lost, {unmade} unmade; {fate:?}");
    // Were nothing ever lost, torn or cut within a commit, this would have tried nothing.
    assert!(whole > 20 && absent > 100 && unmade > 0 && twice > 50, "nothing was tried");
    assert!(fate.kept > 500 && fate.lost > 500 && fate.torn > 500, "{fate:?}");
}

/// After an error none of the batch is there, now or after reopening, and the store can be asked again.
fn an_error_at_any_write_leaves_nothing_behind(name: &'static str, fault: Fault, expected: fn(&StoreError) -> bool) {
    let bench = Bench::new(name);
    let mut refused = 0;
    for seed in 1..=12 {
        for step in 1.. {
            let at = format!("{fault:?}, seed {seed}, step {step}");
            {
                let mut disk = bench.vfs.disk();
                disk.wipe();
                disk.seed = seed << 32;
            }
            let mut chance = Chance(seed);
            let mut model = Model::default();
            let mut store = bench.create().unwrap();
            bench.vfs.disk().plan(step, fault);
            let mut error = None;
            for _ in 0..8 {
                let mut batch = chance.batch();
                batch.put(Table::Acts, b"always something", chance.draw().to_be_bytes());
                match now(store.commit(batch.clone())) {
                    Ok(()) => model.apply(&batch),
                    Err(refusal) => {
                        error = Some(refusal);
                        break;
                    }
                }
            }
            let Some(error) = error else { break };
            refused += 1;
            assert!(expected(&error), "{at}: {error:?}");
            now(model.assert_is(&store));

            if step % 2 == 0 {
                // The program is killed here; whoever opens next must not find what was refused.
                bench.vfs.disk().kill();
                drop(store);
                bench.vfs.disk().restore();
                store = bench.open().unwrap();
                now(model.assert_is(&store));
            }
            bench.vfs.disk().restore();
            let mut batch = Batch::new();
            batch.put(Table::Drafts, b"asked again", b"1");
            now(store.commit(batch.clone())).unwrap_or_else(|error| panic!("{at}: {error}"));
            model.apply(&batch);
            now(model.assert_is(&store));
            drop(store);
            let store = bench.open().unwrap();
            now(model.assert_is(&store));
            now(store.check()).unwrap();
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn an_input_output_error_at_any_write_leaves_nothing_behind() {
    an_error_at_any_write_leaves_nothing_behind("io-error", Fault::Io, |error| matches!(error, StoreError::Io(_)));
}

#[test]
fn a_full_disk_at_any_write_leaves_nothing_behind() {
    an_error_at_any_write_leaves_nothing_behind("full-disk", Fault::Full, |error| *error == StoreError::Full);
}

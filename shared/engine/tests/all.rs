//! All that is tested from outside the engine, in one program: one is linked once.

mod cards_of_others;
mod fixtures_of_directories;
mod frozen_vault;
mod fuzz_vault;
mod malformed;
mod merge;
mod merge_addresses;
mod merge_alerts;
mod merge_collective;
mod merge_consents;
mod merge_counts;
mod merge_households;
mod merge_lists;
mod merge_meetings;
mod merge_missions;
mod merge_people;
mod merge_projects;
mod merge_register;
mod merge_requests;
mod merge_rounds;
mod merge_states;
mod merge_stays;
mod sharing_model;
mod sharing_rules;
mod sharing_vectors;
mod spreadsheets;

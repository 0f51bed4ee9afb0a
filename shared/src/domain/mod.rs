//! The words of the domain: one file a notion. It knows nobody.

mod changes;
mod coded;
pub mod hospital_stay;
pub mod ids;
pub mod summary;
pub mod time;

pub mod position;

pub mod address_search;
pub mod addresses;
pub mod contact;
pub mod doubles;
pub mod household;
pub mod person;
pub mod person_copy;
mod person_state;

pub mod likeness;
pub mod same_person;

pub mod agreement;
pub mod consent;
pub mod isolation;
pub mod liaison;

pub mod absence;
pub mod directory;
pub mod mission;
pub mod who_does_what;

pub mod alert;
mod alert_owner;
pub mod safeguarding;
mod severity;

pub mod encounter;
pub mod follow_up;
pub mod group;
pub mod provisional;
pub mod radar;
pub mod request;
mod request_path;

pub mod circle;
pub mod meeting_paper;
mod meeting_presence;
pub mod project;
pub mod shared_meeting;

mod call_card;
pub mod campaign;
pub mod ladder;
pub mod reception;
pub mod register;
pub mod register_log;
mod register_state;
pub mod round;
pub mod travel;

pub mod application;
mod application_budget;
mod application_changes;
mod application_paths;
mod application_status;
pub mod board;
pub mod charter;
mod charter_changes;
mod charter_points;
mod charter_questions;
mod charter_stages;
pub mod collective;
mod collective_changes;
pub mod diagnosis;
mod diagnosis_changes;
mod diagnosis_figure;
mod diagnosis_paths;
mod diagnosis_supply;
pub mod disclosure;
pub mod event;
mod event_changes;
mod event_paths;
pub mod information;
mod information_changes;
pub mod lunch;
pub mod means;
mod means_changes;
mod means_free;
mod means_states;
pub mod outreach;
mod outreach_changes;
mod outreach_dates;
mod outreach_recurrence;
mod outreach_sessions;
pub mod procedure;
mod procedure_changes;
mod procedure_steps;
pub mod programme;
pub mod programme_calendar;
mod programme_changes;
mod programme_funding;
mod programme_items;
mod programme_paths;
mod programme_status;
pub mod roadmap;
mod roadmap_changes;
mod roadmap_follow;
mod roadmap_frameworks;
mod roadmap_governance;
mod roadmap_money;
mod roadmap_parts;
pub mod survey;
pub mod travelling_sheet;
mod travelling_sheet_changes;

mod clue_known;
mod clue_words;
pub mod clues;
pub mod difficulty;
pub mod situation;
pub mod situation_patterns;

pub mod retention;
pub mod settings;

pub mod calendar;
pub mod communes;
pub mod list_edits;
pub mod list_rules;
pub mod lists;

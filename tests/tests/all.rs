//! All that is told through the door, in one program: one is linked once, where one a file was linked forty times.

#[path = "sharing/between.rs"]
mod between;
#[path = "sharing/in_common.rs"]
mod in_common;
#[path = "sharing/pair.rs"]
mod pair;

mod addresses;
mod alerts;
mod application;
mod assessments;
mod campaigns;
mod cards;
mod collective;
mod consents;
mod data_inclusion;
mod day_one;
mod demo;
mod diagnosis;
mod erasing;
mod events;
mod households;
mod lists;
mod loading;
mod markers;
mod meetings;
mod places;
mod procedures;
mod programme;
mod projects;
mod radar;
mod reception;
mod register;
mod register_agent;
mod register_import;
mod requests;
mod roadmap;
mod rounds;
mod rounds_by_distance;
mod rules;
mod sharing;
mod sharing_exchanges;
mod sharing_folder;
mod sharing_groups;
mod sharing_in_common;
mod sharing_lines;
mod sharing_neighbours;
mod sharing_neighbours_broken;
mod sharing_take_over;
mod silence;
mod situations;
mod stays;
mod stories;
mod summary;
mod summary_mairie;
mod summary_recount;
mod summary_written;
mod surveys;
mod surveys_in_common;
mod tidy;
mod timeline;
mod travelling_sheets;
mod two_sheets;
mod village;
mod who_does_what;
mod year_of_five;

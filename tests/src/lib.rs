//! What is tested from outside: a village of invented people, the devices that keep its notebook, the house's rules.

pub mod village;

//! What is tested from outside: a village of invented people, the devices that keep its notebook, the house's
//! rules, and the real program in a browser and in its window.

pub mod bench;
pub mod clock;
pub mod e2e;
pub mod harness;
pub mod house;
pub mod village;

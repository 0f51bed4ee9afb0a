//! Few icons, always beside words: drawn here, so that nothing is fetched.

use leptos::prelude::*;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A day on the wall.
    Day,
    /// People.
    People,
    /// An address book.
    Book,
    /// The rest.
    More,
    /// A pen.
    Pen,
    /// A glass.
    Search,
    /// A padlock.
    Lock,
    /// A telephone.
    Phone,
    /// A house.
    House,
    /// An answer waited for.
    Answer,
    /// Something promised.
    Promise,
    /// Done.
    Check,
    /// Away.
    Cross,
    /// Backwards.
    Back,
    /// A letter.
    Letter,
    /// A question.
    Request,
    /// One more.
    Plus,
    /// What is seen.
    Eye,
    /// What must be answered.
    Alert,
    /// What goes, and what comes.
    Exchange,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Shape::Day => "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
            Shape::People => {
                "M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.6-4 3.200-6 6.500-6s5.900 2 6.500 6M16 5a3.300 3.300 0 0 1 0 6.300M18 14.500c2 .8 3.200 2.600 3.500 5.500"
            }
            Shape::Book => "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6",
            Shape::More => "M5 7h14M5 12h14M5 17h14",
            Shape::Pen => "M4 20l1-5L16 4l4 4L9 19zM13.500 6.500l4 4",
            Shape::Search => "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L21 21",
            Shape::Lock => "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
            Shape::Phone => {
                "M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z"
            }
            Shape::House => "M3 11l9-8 9 8M6 9v11h12V9",
            Shape::Answer => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
            Shape::Promise => "M5 21V4h13l-3 4.500 3 4.500H5",
            Shape::Check => "M5 12.500l5 5L19.500 7",
            Shape::Cross => "M6 6l12 12M18 6L6 18",
            Shape::Back => "M15 5l-7 7 7 7",
            Shape::Letter => "M3 6h18v12H3zM3 7l9 6.500L21 7",
            Shape::Request => "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
            Shape::Plus => "M12 5v14M5 12h14",
            Shape::Exchange => "M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4",
            Shape::Alert => "M12 4L2.500 20h19zM12 10v5M12 17.500v.5",
            Shape::Eye => {
                "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z"
            }
        }
    }
}

/// An icon; the words beside it say what it means.
#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=shape.path() />
        </svg>
    }
}

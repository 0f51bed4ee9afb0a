//! Text: how French is folded, compared and written.

//! How a credential travels, where the protocol leaves that to the target file.

/// Where a request carries a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrier {
    /// Where scenarios put it: `${{ principal.token }}`.
    ByHand,
    /// Behind `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// As the password behind `Authorization: Basic` (RFC 7617).
    Basic {
        /// The name before it.
        user: String,
    },
    /// In a header.
    Header {
        /// The header's name.
        name: String,
    },
    /// In the query.
    Query {
        /// The entry's name.
        name: String,
    },
    /// In the JSON object that is the body; a request without one carries none.
    Json {
        /// The member's name.
        name: String,
    },
}

//! JSON Schema of our own text types, so that every door can describe what it takes.

/// Declares a type that is written as a JSON string of a given form.
macro_rules! string_schema {
    ($type:ty, $pattern:expr, $about:expr) => {
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern, "description": $about })
            }
        }
    };
}
pub(crate) use string_schema;

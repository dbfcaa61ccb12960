using System.Globalization;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Tests.Schemas;

public sealed class SchemaTests
{
    private static readonly CdbPath s_path = CdbPath.Parse("me/pi/x");

    [Theory]
    [InlineData("""{}""", """[null, 1, "a", [], {}]""", """[]""")]
    [InlineData("""{"type":"number"}""", """[1, 1.5, -0.0, 12345678901234567890]""", """["1", null, true, [], {}]""")]
    [InlineData("""{"type":"integer"}""", """[1, 5.0, -3, 12345678901234567890]""", """[1.5, "1", null]""")]
    [InlineData("""{"type":"string"}""", """["", "a"]""", """[1, null]""")]
    [InlineData("""{"type":"boolean"}""", """[true, false]""", """[0, "true"]""")]
    [InlineData("""{"type":"null"}""", """[null]""", """[0, false, ""]""")]
    [InlineData("""{"type":"array"}""", """[[], [1]]""", """[{}]""")]
    [InlineData("""{"type":"object"}""", """[{}]""", """[[]]""")]
    [InlineData("""{"type":["number","null"]}""", """[1, null]""", """["1"]""")]
    [InlineData("""{"minimum":1,"maximum":2}""", """[1, 1.5, 2, "x", null]""", """[0.99, 3]""")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", """[1.1]""", """[1]""")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":false}""", """[1]""", """[0]""")]
    [InlineData("""{"exclusiveMaximum":2}""", """[1.9]""", """[2]""")]
    [InlineData("""{"multipleOf":0.1}""", """[0.3, 1, 7.7]""", """[0.35]""")]
    [InlineData("""{"multipleOf":7}""", """[0, 14, -7]""", """[1]""")]
    [InlineData("""{"minLength":2,"maxLength":3}""", """["ab", "🌡🌡", 1]""", """["a", "abcd"]""")]
    [InlineData("""{"pattern":"^a+$"}""", """["aaa", 1]""", """["ab"]""")]
    [InlineData("""{"pattern":"^(?=a)(a)\\1$"}""", """["aa"]""", """["ab"]""")]
    [InlineData("""{"format":"date-time"}""", """["2020-01-01T00:00:00Z", 1]""", """["2020-01-01", "yesterday"]""")]
    [InlineData("""{"format":"email"}""", """["a@example.org"]""", """["a", "Joe <a@example.org>"]""")]
    [InlineData("""{"format":"ipv4"}""", """["127.0.0.1"]""", """["127.0.1", "::1"]""")]
    [InlineData("""{"format":"ipv6"}""", """["::1"]""", """["127.0.0.1"]""")]
    [InlineData("""{"format":"hostname"}""", """["example.org"]""", """["ex ample"]""")]
    [InlineData("""{"format":"uri"}""", """["https://example.org/a"]""", """["/a", "a b"]""")]
    [InlineData("""{"format":"unheard-of"}""", """["anything"]""", """[]""")]
    [InlineData("""{"enum":[1,"a",null,{"a":[1]}]}""", """[1, 1.0, "a", null, {"a":[1]}]""", """[2, "1", {"a":[2]}]""")]
    [InlineData("""{"const":{"a":1,"b":2}}""", """[{"b":2,"a":1}]""", """[{"a":1}]""")]
    [InlineData("""{"items":{"type":"number"}}""", """[[], [1,2], "x"]""", """[[1,"2"]]""")]
    [InlineData("""{"items":[{"type":"number"}],"additionalItems":false}""", """[[], [1]]""", """[["1"], [1,2]]""")]
    [InlineData("""{"items":[{}],"additionalItems":{"type":"string"}}""", """[[1,"a"]]""", """[[1,2]]""")]
    [InlineData("""{"minItems":1,"maxItems":2}""", """[[1], [1,2]]""", """[[], [1,2,3]]""")]
    [InlineData("""{"maxItems":0}""", """[[]]""", """[[1]]""")]
    [InlineData("""{"uniqueItems":true}""", """[[1,"1",true], [[1],[2]]]""", """[[1,1.0], [{"a":1,"b":2},{"b":2,"a":1}]]""")]
    [InlineData("""{"contains":{"type":"string"}}""", """[[1,"a"]]""", """[[], [1]]""")]
    [InlineData("""{"required":["a"]}""", """[{"a":null}, 5]""", """[{}, {"b":1}]""")]
    [InlineData("""{"minProperties":1,"maxProperties":2}""", """[{"a":1}]""", """[{}, {"a":1,"b":2,"c":3}]""")]
    [InlineData("""{"properties":{"a":{"type":"number"}}}""", """[{}, {"a":1}, {"b":"x"}]""", """[{"a":"1"}, {"a":null}]""")]
    [InlineData("""{"properties":{"a":{}},"patternProperties":{"^x":{"type":"number"}},"additionalProperties":false}""", """[{"a":"t","x1":1}]""", """[{"b":1}, {"x":"1"}]""")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """[{"a":1}]""", """[{"a":"1"}]""")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """[{"a":1}]""", """[{"ab":1}]""")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """[{"a":1,"b":2}, {"b":1}]""", """[{"a":1}]""")]
    [InlineData("""{"dependencies":{"a":{"required":["b"]}}}""", """[{"a":1,"b":2}]""", """[{"a":1}]""")]
    [InlineData("""{"allOf":[{"type":"number"},{"minimum":1}]}""", """[1]""", """["1", 0]""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":1}]}""", """["a", 1]""", """[0]""")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", """[1, 2.5]""", """[3, 1.5]""")]
    [InlineData("""{"not":{"type":"string"}}""", """[1, null]""", """["a"]""")]
    [InlineData("""{"if":{"type":"number"},"then":{"minimum":0},"else":{"type":"string"}}""", """[1, "a"]""", """[-1, null]""")]
    [InlineData("""{"properties":{"a":false,"b":true}}""", """[{"b":1}]""", """[{"a":1}]""")]
    [InlineData("""{"$ref":"#/definitions/n","definitions":{"n":{"type":"number"}}}""", """[1]""", """["1"]""")]
    [InlineData("""{"items":{"$ref":"#/definitions/a~1b%25"},"definitions":{"a/b%":{"type":"number"}}}""", """[[1]]""", """[["1"]]""")]
    [InlineData("""{"properties":{"child":{"$ref":"#"},"v":{"type":"number"}},"additionalProperties":false}""", """[{"child":{"child":{"v":1}}}]""", """[{"child":{"child":{"v":"1"}}}, {"child":{"x":1}}]""")]
    [InlineData("""{"properties":{"$ref":{"type":"number"}}}""", """[{"$ref":1}]""", """[{"$ref":"1"}]""")]
    [InlineData("""{"title":"t","unit":"°C","x-mine":{"type":5}}""", """[1]""", """[]""")]
    public void A_schema_accepts_and_rejects_values(string schema, string obeying, string disobeying)
    {
        CompiledSchema compiled = SchemaCompiler.Compile(DataValue.Parse(schema));
        foreach (DataValue value in DataValue.Parse(obeying).AsArray())
        {
            compiled.Check(s_path, Both(value));
        }

        foreach (DataValue value in DataValue.Parse(disobeying).AsArray())
        {
            Assert.Throws<SchemaViolationException>(() => compiled.Check(s_path, Both(value)));
        }
    }

    [Theory]
    [InlineData("""[]""", "object")]
    [InlineData("""null""", "object")]
    [InlineData("""true""", "object")]
    [InlineData("""{"type":"nonsense"}""", "/type")]
    [InlineData("""{"type":5}""", "/type")]
    [InlineData("""{"type":[]}""", "/type")]
    [InlineData("""{"maxLength":5.5}""", "/maxLength")]
    [InlineData("""{"maxLength":-1}""", "/maxLength")]
    [InlineData("""{"minimum":"1"}""", "/minimum")]
    [InlineData("""{"exclusiveMinimum":"yes"}""", "/exclusiveMinimum")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf")]
    [InlineData("""{"pattern":"("}""", "/pattern")]
    [InlineData("""{"patternProperties":{"(":{}}}""", "/patternProperties")]
    [InlineData("""{"enum":[]}""", "/enum")]
    [InlineData("""{"required":true}""", "/required")]
    [InlineData("""{"properties":[]}""", "/properties")]
    [InlineData("""{"properties":{"a":5}}""", "/properties/a")]
    [InlineData("""{"properties":{"a":{"items":{"type":"x"}}}}""", "/properties/a/items/type")]
    [InlineData("""{"definitions":{"a":{"type":"x"}}}""", "/definitions/a/type")]
    [InlineData("""{"allOf":[]}""", "/allOf")]
    [InlineData("""{"not":[]}""", "/not")]
    [InlineData("""{"dependencies":{"a":[1]}}""", "/dependencies")]
    [InlineData("""{"$ref":"#/definitions/none"}""", "not there")]
    [InlineData("""{"$ref":"http://example.org/schema"}""", "within the schema")]
    [InlineData("""{"items":{"$ref":"file:///etc/passwd"}}""", "within the schema")]
    [InlineData("""{"$ref":"#"}""", "refers to itself")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""", "refers to itself")]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/x"}},"definitions":{"x":{"anyOf":[{"$ref":"#/definitions/y"}]},"y":{"not":{"$ref":"#/definitions/x"}}}}""", "refers to itself")]
    [InlineData("""{"dependencies":{"a":{"$ref":"#"}}}""", "refers to itself")]
    public void An_invalid_schema_is_rejected_with_the_position(string schema, string place)
    {
        InvalidSchemaException error = Assert.Throws<InvalidSchemaException>(() => SchemaCompiler.Compile(DataValue.Parse(schema)));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_names_the_datapoint_the_part_and_the_reason()
    {
        CompiledSchema schema = SchemaCompiler.Compile(DataValue.Parse("""{"items":{"properties":{"a/b":{"maximum":3}}}}"""));
        BlockBuilder builder = new();
        builder.Add(0, DataValue.Parse("[]"));
        builder.Add(60, DataValue.Parse("""[{},{"a/b":4}]"""));

        SchemaViolationException error = Assert.Throws<SchemaViolationException>(() => schema.Check(s_path, builder.Build()));

        Assert.Equal("Datapoint 2 (1970-01-01 00:01:00Z) violates the schema of 'me/pi/x': at /1/a~1b, 4 is more than the maximum 3.", error.Message);
        Assert.Equal(1, error.Index);
    }

    [Fact]
    public void A_long_value_is_shortened_in_the_message()
    {
        CompiledSchema schema = SchemaCompiler.Compile(DataValue.Parse("""{"type":"number"}"""));
        SchemaViolationException error = Assert.Throws<SchemaViolationException>(
            () => schema.Check(s_path, Both(DataValue.From(new string('x', 1_000_000)))));
        Assert.InRange(error.Message.Length, 1, 300);
    }

    [Fact]
    public void Validation_of_expensive_schemas_ends()
    {
        StringBuilder doubling = new("""{"$ref":"#/definitions/n0","definitions":{""");
        for (int i = 0; i < 60; i++)
        {
            doubling.Append(CultureInfo.InvariantCulture, $$""" "n{{i}}":{"allOf":[{"$ref":"#/definitions/n{{i + 1}}"},{"$ref":"#/definitions/n{{i + 1}}"}]},""");
        }

        doubling.Append(""" "n60":{"type":"number"}}}""");
        CompiledSchema schema = SchemaCompiler.Compile(DataValue.Parse(doubling.ToString()));

        SchemaViolationException error = Assert.Throws<SchemaViolationException>(() => schema.Check(s_path, Both(DataValue.From(1.0))));
        Assert.Contains("too complex to validate", error.Message, StringComparison.Ordinal);
    }

    /// <summary>With a comparison of all items with each other, these would take minutes and hours.</summary>
    [Fact]
    public void Unique_items_are_found_in_large_arrays_and_numbers_chosen_to_be_alike_are_refused()
    {
        CompiledSchema schema = SchemaCompiler.Compile(DataValue.Parse("""{"uniqueItems":true}"""));
        string[] objects = [.. Enumerable.Range(0, 100_000).Select(i => $$"""{"a":{{i}},"b":[{{i}}]}""")];
        string[] alike = [.. Enumerable.Range(1_000_000, 100_000).Select(i => $"1.000000000000000000000000000000{i}1")];

        Assert.Null(schema.FindError(DataValue.Parse($"[{string.Join(',', objects)}]")));
        Assert.Equal("has the same item twice", schema.FindError(DataValue.Parse($$"""[{{string.Join(',', objects)}},{"b":[7],"a":7.0}]"""))!.Reason);
        Assert.Contains("too complex to validate", schema.FindError(DataValue.Parse($"[{string.Join(',', alike)}]"))!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_references_are_rejected_and_deep_values_are_safe()
    {
        StringBuilder chain = new("""{"$ref":"#/definitions/n0","definitions":{""");
        for (int i = 0; i < 100_000; i++)
        {
            chain.Append(CultureInfo.InvariantCulture, $$""" "n{{i}}":{"$ref":"#/definitions/n{{i + 1}}"},""");
        }

        chain.Append(""" "n100000":{}}}""");
        Assert.Throws<InvalidSchemaException>(() => SchemaCompiler.Compile(DataValue.Parse(chain.ToString())));

        CompiledSchema tree = SchemaCompiler.Compile(DataValue.Parse("""{"anyOf":[{"type":"number"},{"items":{"$ref":"#"}}]}"""));
        tree.Check(s_path, Both(DataValue.Parse(new string('[', 500) + new string(']', 500))));
    }

    /// <summary>The value by itself, and where its column is checked at once, in a column of its kind.</summary>
    private static Block Both(DataValue value)
    {
        BlockBuilder builder = new();
        builder.Add(0, value);
        builder.Add(1, value);
        return builder.Build();
    }
}

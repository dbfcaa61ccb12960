namespace ConnectorDb.Core.Tests.Model;

public sealed class DataValueTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("9007199254740993")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551615")]
    [InlineData("1e400")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("21.5")]
    [InlineData("-0.0")]
    [InlineData("5E-324")]
    [InlineData("\"æ \\u0000\"")]
    [InlineData("[1,[null,{}]]")]
    [InlineData("{\"b\":1,\"a\":{\"c\":[]}}")]
    public void JSON_is_parsed_and_written_unchanged(string json)
    {
        DataValue value = DataValue.Parse(json);
        Assert.Equal(DataValue.Parse(value.ToJson()), value);
        Assert.Equal(json, value.ToJson());
    }

    [Theory]
    [InlineData("5", DataKind.Integer)]
    [InlineData("5.0", DataKind.Number)]
    [InlineData("1e5", DataKind.Number)]
    public void Integers_and_doubles_stay_apart(string json, DataKind kind)
    {
        DataValue value = DataValue.Parse(json);
        Assert.Equal(kind, value.Kind);
        Assert.Equal(kind, DataValue.Parse(value.ToJson()).Kind);
    }

    [Fact]
    public void Deep_json_is_an_error_and_not_a_crash()
        => Assert.ThrowsAny<System.Text.Json.JsonException>(() => DataValue.Parse(new string('[', 100_000)));
}

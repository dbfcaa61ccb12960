using System.Text.Json;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>A JSON value with its line number.</summary>
internal sealed record PositionedJson(JsonTokenType Kind, int Line, string Text)
{
    private const byte LineEnd = (byte)'\n';

    public IReadOnlyList<(string Name, PositionedJson Value)> Members { get; private init; } = [];

    public IReadOnlyList<PositionedJson> Elements { get; private init; } = [];

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static PositionedJson Parse(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        PositionedJson value = Read(ref reader, json);
        reader.Read();
        return value;
    }

    /// <summary>The value without line numbers.</summary>
    public DataValue ToValue() => Kind switch
    {
        JsonTokenType.StartObject => DataValue.From(new DataObject([.. Members.Select(member => KeyValuePair.Create(member.Name, member.Value.ToValue()))])),
        JsonTokenType.StartArray => DataValue.From([.. Elements.Select(element => element.ToValue())]),
        JsonTokenType.String => DataValue.From(Text),
        _ => DataValue.Parse(Text),
    };

    private static PositionedJson Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        JsonTokenType kind = reader.TokenType;
        int line = 1 + json[..(int)reader.TokenStartIndex].Count(LineEnd);
        switch (kind)
        {
            case JsonTokenType.StartObject:
                List<(string, PositionedJson)> members = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    members.Add((name, Read(ref reader, json)));
                }

                return new PositionedJson(kind, line, "") { Members = members };

            case JsonTokenType.StartArray:
                List<PositionedJson> elements = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    elements.Add(Read(ref reader, json));
                }

                return new PositionedJson(kind, line, "") { Elements = elements };

            case JsonTokenType.String:
                return new PositionedJson(kind, line, reader.GetString()!);

            default:
                return new PositionedJson(kind, line, System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }
}

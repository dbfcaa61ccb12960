using System.Text.Json;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>A JSON value that knows its line.</summary>
internal sealed record PlacedJson(JsonTokenType Kind, int Line, string Text)
{
    private const byte LineEnd = (byte)'\n';

    public IReadOnlyList<(string Name, PlacedJson Value)> Members { get; private init; } = [];

    public IReadOnlyList<PlacedJson> Elements { get; private init; } = [];

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static PlacedJson Parse(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        PlacedJson value = Read(ref reader, json);
        reader.Read();
        return value;
    }

    private static PlacedJson Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        JsonTokenType kind = reader.TokenType;
        int line = 1 + json[..(int)reader.TokenStartIndex].Count(LineEnd);
        switch (kind)
        {
            case JsonTokenType.StartObject:
                List<(string, PlacedJson)> members = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    members.Add((name, Read(ref reader, json)));
                }

                return new PlacedJson(kind, line, "") { Members = members };

            case JsonTokenType.StartArray:
                List<PlacedJson> elements = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    elements.Add(Read(ref reader, json));
                }

                return new PlacedJson(kind, line, "") { Elements = elements };

            case JsonTokenType.String:
                return new PlacedJson(kind, line, reader.GetString()!);

            default:
                return new PlacedJson(kind, line, System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }
}

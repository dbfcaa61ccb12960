using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>The members of a datapoint in JSON.</summary>
internal enum DatapointPart
{
    Unknown,
    Time,
    Value,
    Origin,
    Stream,
    Error,
}

/// <summary>Reads the names of the members of a datapoint.</summary>
internal static class DatapointParts
{
    /// <summary>The member with the name at the reader.</summary>
    public static DatapointPart Read(ref Utf8JsonReader reader)
    {
        if (reader is { HasValueSequence: false, ValueIsEscaped: false } && reader.ValueSpan.Length == 1)
        {
            return Of((char)reader.ValueSpan[0]);
        }

        return DataValue.ReadText(ref reader) switch
        {
            [var letter] => Of(letter),
            "stream" => DatapointPart.Stream,
            "error" => DatapointPart.Error,
            _ => DatapointPart.Unknown,
        };
    }

    private static DatapointPart Of(char name) => name switch
    {
        't' or 'T' => DatapointPart.Time,
        'd' or 'D' => DatapointPart.Value,
        'o' or 'O' => DatapointPart.Origin,
        _ => DatapointPart.Unknown,
    };
}

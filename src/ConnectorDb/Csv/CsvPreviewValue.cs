using ConnectorDb.Timestamps;

namespace ConnectorDb.Csv;

/// <summary>A value of one of the first rows of a file.</summary>
/// <param name="Line">The line of its row in the file, from 1.</param>
/// <param name="Timestamp">The time; null when the row was rejected.</param>
/// <param name="Stream">The path of the stream; null when the row was rejected.</param>
/// <param name="Data">The value as a number, text, boolean, array, or object with properties.</param>
/// <param name="Problem">Why a part of the row would be rejected; null when nothing is.</param>
public sealed record CsvPreviewValue(long Line, DateTimeOffset? Timestamp, string? Stream, object? Data, string? Problem)
{
    private const int LongestShown = 60;

    /// <summary>The line, and the value as JSON or the problem.</summary>
    public override string ToString()
        => Timestamp is { } time ? $"line {Line}: {IsoText.Of(UnixTime.FromDateTimeOffset(time))}  {Stream} = {Shown()}" : $"line {Line}: rejected. {Problem}";

    private string Shown()
    {
        string json = DataValue.TryFromNatural(Data, out DataValue value) ? value.ToJson() : $"{Data}";
        return json.Length > LongestShown ? $"{json[..LongestShown]}…" : json;
    }
}

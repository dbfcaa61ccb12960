using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Core.Client.Buffering;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>The error records of rejected datapoints and failed streams.</summary>
internal static class BufferedErrorRecords
{
    /// <param name="stream">The only stream, as the user typed it; null where there are several.</param>
    public static ErrorRecord Of(BufferedError error, string? stream)
    {
        if (error.Point is { } point)
        {
            return ErrorRecords.Of(error.Error, point);
        }

        CdbPath path = error.Streams[0].Path;
        string streams = error.Streams.Count == 1 ? $"'{path}'" : CountText.Of(error.Streams.Count, "stream");
        long unstored = error.Streams.Sum(each => each.Unstored);
        ErrorRecord record = ErrorRecords.Of(error.Error, stream ?? path.ToString());
        record.ErrorDetails = new ErrorDetails(string.Create(CultureInfo.InvariantCulture, $"{error.Error.Message} {CountText.Of(unstored, "datapoint")} for {streams} {(unstored == 1 ? "was" : "were")} not stored."));
        return record;
    }
}

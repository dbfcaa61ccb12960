using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Reads a file of events that the Initial State streamer could not send, such as <c>err_missed_events.txt</c>.</summary>
/// <remarks>
/// Each line is a request: an array of <c>{"key", "value", "epoch"}</c> with unix seconds, or the object of a new bucket. The threads of the
/// streamer wrote the lines in any order.
/// </remarks>
internal static partial class MissedEvents
{
    /// <summary>The events in the order of their times.</summary>
    /// <param name="reject">Receives the reason for each line or event that cannot be read.</param>
    /// <exception cref="InvalidValueException">The file cannot be read.</exception>
    public static IEnumerable<MissedEvent> Read(string path, Action<InvalidValueException> reject)
    {
        List<MissedEvent> events = [];
        int number = 0;
        foreach (string line in LinesOf(path))
        {
            number++;
            string place = string.Create(CultureInfo.InvariantCulture, $"Line {number} of '{path}'");
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (ReadRequest(line) is not { } request || (request.Kind != DataKind.Array && !IsBucket(request)))
            {
                reject(new InvalidValueException($"{place} is not a JSON array of events. It was left out.", line));
                continue;
            }

            int position = 0;
            foreach (DataValue each in request.Kind == DataKind.Array ? request.AsArray() : [])
            {
                position++;
                if (EventOf(each) is { } found)
                {
                    events.Add(found);
                }
                else
                {
                    reject(new InvalidValueException(string.Create(CultureInfo.InvariantCulture, $"{place}: element {position} is not an event with key, value and epoch (unix seconds). It was left out."), each.ToJson()));
                }
            }
        }

        return events.OrderBy(each => each.Time);
    }

    private static string[] LinesOf(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"'{path}' cannot be read: {FileAccessException.ReasonOf(error, path)}", path);
        }
    }

    // Python writes NaN and Infinity, which JSON does not have. Such an event is left out, and not the others of its line.
    private static DataValue? ReadRequest(string line)
    {
        try
        {
            return DataValue.Parse(NotFinite().Replace(line, "null"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""(?<="value": )-?(NaN|Infinity)(?=[,}])""")]
    private static partial Regex NotFinite();

    private static bool IsBucket(DataValue request) => request.Kind == DataKind.Object && request.AsObject().TryGetValue("bucketKey", out _);

    private static MissedEvent? EventOf(DataValue item)
        => item.Kind == DataKind.Object
            && item.AsObject() is { } members
            && members.TryGetValue("key", out DataValue key) && key.Kind == DataKind.Text && !string.IsNullOrWhiteSpace(key.AsText())
            && members.TryGetValue("value", out DataValue value) && !value.IsNull
            && members.TryGetValue("epoch", out DataValue epoch) && epoch.IsNumber
            ? new MissedEvent(key.AsText(), epoch.AsDouble(), value)
            : null;
}

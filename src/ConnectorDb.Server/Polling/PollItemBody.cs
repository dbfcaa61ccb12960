using ConnectorDb.Core.Protocol;
using ConnectorDb.Polling;

namespace ConnectorDb.Server.Polling;

/// <summary>Parses a poll item from a request body: name, key, interval and, optionally, arg.</summary>
internal static class PollItemBody
{
    private static readonly double s_maxInterval = TimeSpan.FromDays(366).TotalSeconds;

    /// <exception cref="InvalidValueException">A member is missing, unknown, or of the wrong type.</exception>
    public static PollItem Read(JsonFields body)
    {
        PollItem item = new()
        {
            Name = body.Text("name") ?? "",
            Key = body.Text("key") ?? "",
            Argument = body.Text("arg"),
            Interval = body.Number("interval") is { } seconds && Math.Abs(seconds) <= s_maxInterval
                ? TimeSpan.FromSeconds(seconds)
                : throw new InvalidValueException("A poll item needs an interval in seconds, from 0.01 to 31536000 (a year).", "interval"),
        };
        body.RefuseOthers();
        return item;
    }
}

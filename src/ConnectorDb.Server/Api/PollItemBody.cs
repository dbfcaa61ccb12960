using ConnectorDb.Core.Protocol;
using ConnectorDb.Polling;

namespace ConnectorDb.Server.Api;

/// <summary>An item as it is sent: name, key, interval, and perhaps arg.</summary>
internal static class PollItemBody
{
    private static readonly double s_longest = TimeSpan.FromDays(366).TotalSeconds;

    /// <exception cref="InvalidValueException">Something is missing, unknown, or of another type.</exception>
    public static PollItem Read(JsonFields body)
    {
        PollItem item = new()
        {
            Name = body.Text("name") ?? "",
            Key = body.Text("key") ?? "",
            Argument = body.Text("arg"),
            Interval = body.Number("interval") is { } seconds && Math.Abs(seconds) <= s_longest
                ? TimeSpan.FromSeconds(seconds)
                : throw new InvalidValueException("An item needs an interval: seconds, from 1 to those of a year.", "interval"),
        };
        body.RefuseOthers();
        return item;
    }
}

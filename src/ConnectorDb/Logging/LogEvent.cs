namespace ConnectorDb.Logging;

/// <summary>An event with a duration. Stored at its start time as <c>{"stop": T, "tags": {…}, "text": "…"}</c>.</summary>
/// <param name="Stop">Unix seconds.</param>
public sealed record LogEvent(double Stop, DataObject Tags, string Text)
{
    /// <summary>The default channel of events.</summary>
    public const string Channel = "events";

    /// <summary>The channel of events of a logger with a stream of that name.</summary>
    public const string OtherChannel = "event_log";

    public DataValue ToValue() => DataValue.From(new DataObject(
        new("stop", DataValue.From(Stop)),
        new("tags", DataValue.From(Tags)),
        new("text", DataValue.From(Text))));

    /// <param name="start">Unix seconds; also the end of an event without one.</param>
    public static LogEvent Read(double start, DataValue value)
    {
        DataObject members = value.Kind == DataKind.Object ? value.AsObject() : new DataObject();
        double stop = members.TryGetValue("stop", out DataValue end) && end.IsNumber ? end.AsDouble() : start;
        string text = members.TryGetValue("text", out DataValue said) && said.Kind == DataKind.Text ? said.AsText() : "";
        return new LogEvent(stop, LogPoint.Member(members, "tags"), text);
    }
}

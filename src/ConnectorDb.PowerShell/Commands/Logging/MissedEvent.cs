namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>An event that the Initial State streamer could not send.</summary>
/// <param name="Time">Unix seconds.</param>
internal sealed record MissedEvent(string Key, double Time, DataValue Value);

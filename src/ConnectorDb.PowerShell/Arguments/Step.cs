namespace ConnectorDb.PowerShell.Arguments;

/// <summary>The step between rows that a user typed. <c>1d</c> and <c>1w</c> are both; the use of a time zone decides.</summary>
/// <param name="Span">Equal steps; null for months, quarters and years.</param>
/// <param name="Calendar">Calendar units; null for hours and less.</param>
public sealed record Step(TimeSpan? Span, CalendarStep? Calendar);

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>The result of a connection test.</summary>
/// <param name="Location">The file or address of the database.</param>
/// <param name="Identity">The device logged in as.</param>
/// <param name="Version">The version of the database.</param>
/// <param name="RoundTrip">The response time.</param>
public sealed record CdbRoundTrip(string Location, string Identity, string Version, TimeSpan RoundTrip);

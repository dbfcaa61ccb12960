namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>The sign of life of a database.</summary>
/// <param name="Location">The file, or the address, of the database.</param>
/// <param name="Identity">The device logged in as.</param>
/// <param name="Version">The version it runs.</param>
/// <param name="RoundTrip">How long the answer took.</param>
public sealed record CdbRoundTrip(string Location, CdbPath Identity, string Version, TimeSpan RoundTrip);

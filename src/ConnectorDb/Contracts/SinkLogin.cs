namespace ConnectorDb.Contracts;

/// <summary>The login of a sink at a database.</summary>
/// <param name="Device">The device that the sink acts as.</param>
/// <param name="NewStore">The file of the store, if the sink has created it.</param>
public sealed record SinkLogin(string Device, string? NewStore);

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The settings of a <see cref="PostgresStore"/>.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>The address: <c>postgres://user@host:port/database</c>, or a connection string of Npgsql. It has no password.</summary>
    public required string Address { get; init; }

    /// <summary>A database without the tables of a store is refused.</summary>
    public bool MustExist { get; init; }

    /// <summary>A database that is a part of a copy is opened, too.</summary>
    public bool TakesPart { get; init; }
}

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The work does more than append, so it must run again in a transaction with locks: see <see cref="LockedWriter"/>.</summary>
internal sealed class LockRequiredException : Exception;

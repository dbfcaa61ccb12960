namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>Another program keeps rows of the work locked, so it must run again where nothing else waits for it: see <see cref="HeldSequences"/>.</summary>
internal sealed class HeldSequenceException : Exception;

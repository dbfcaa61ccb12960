namespace ConnectorDb.Core.Tests.Client.Exchange;

public sealed class RoundTripTests() : RoundTripSuite(null);

public sealed class MergeTests() : MergeSuite(null);

public sealed class CutShortTests() : CutShortSuite(null);

public sealed class KilledImportTests() : KilledImportSuite(null);

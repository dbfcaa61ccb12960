using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

public sealed class EmbeddedVectorTests(ITestOutputHelper output) : StoreVectorSuite(output, null);

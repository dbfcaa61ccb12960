using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>The behaviour of samplers of things that may be missing.</summary>
public abstract class MissingThingSuite : SamplerSuite
{
    /// <summary>A sampler whose thing is not there.</summary>
    protected abstract SamplerContext Bad { get; }

    [SkippableFact]
    public async Task A_missing_source_is_an_error_with_the_reason()
    {
        using ISampler sampler = Open(Bad);
        for (int i = 0; i < 2; i++)
        {
            SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience));
            Assert.NotEmpty(error.Message);
        }
    }
}

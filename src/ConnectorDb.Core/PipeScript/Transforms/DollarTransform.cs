using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The datapoint itself, or one member of it.</summary>
internal class DollarTransform : Transform
{
    public override TransformInfo Info { get; } = Named("$");

    internal override NodeFactory Bind(BoundCall call)
    {
        if (!call.Has(0))
        {
            return _ => new IdentityNode();
        }

        DataValue key = call.Constant(0);
        return _ => new MemberNode(key);
    }

    protected static TransformInfo Named(string name) => new()
    {
        Name = name,
        Description = "The datapoint, or one member of its data.",
        Documentation = $"""
            Without an argument the datapoint stays as it is; integers of 64 bits and everything else pass unchanged.
            `$` and `d` are two names for the same transform.

            With an argument the result is a part of the data: of an object the member with that name, of an array the
            element at that index, counted from 0, or from the end when it is negative. A member that is null
            gives null; a missing member is an error. One call goes one level down: `{name}("a"):{name}("b")`.
            """,
        Arguments =
        [
            new() { Name = "key", Description = "The name of a member or the index in an array.", Optional = true, Constant = true },
        ],
        Examples =
        [
            $"{name} > 20 — true where the value is above 20",
            $"{name}(\"temperature\") — the member temperature of objects",
            $"{name}[-1] — the last element of arrays",
        ],
        OneToOne = true,
        Stateless = true,
    };
}

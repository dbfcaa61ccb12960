# An empty text or null, as of a variable without a value, is refused with what to do, not with PowerShell's own text.
BeforeDiscovery {
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
    $parameters = Get-Command -Module ConnectorDb -CommandType Cmdlet | ForEach-Object {
        $command = $_
        foreach ($parameter in $command.Parameters.Values) {
            $isRequired = $parameter.Attributes.Where{ $_ -is [System.Management.Automation.ParameterAttribute] -and $_.Mandatory } -or 'NonEmptyAttribute' -in $parameter.Attributes.ForEach{ $_.GetType().Name }
            $takesEmpty = $parameter.Attributes.Where{ $_ -is [System.Management.Automation.AllowEmptyStringAttribute] }
            if ($isRequired -and -not $takesEmpty -and $parameter.ParameterType -in [string], [string[]], [object[]]) {
                @{ Command = $command.Name; Parameter = $parameter.Name }
            }
        }
    }
    $objects = Get-Command -Module ConnectorDb -CommandType Cmdlet | ForEach-Object {
        $command = $_
        foreach ($parameter in $command.Parameters.Values) {
            if ($parameter.Attributes.ForEach{ $_.GetType().Name } -match '^Non(Empty|Null)Attribute$|^ValidateNotNull' -and $parameter.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters) {
                @{ Command = $command.Name; Parameter = $parameter.Name }
            }
        }
    }
}

Describe 'An empty argument' {
    It 'of <Command> -<Parameter> is refused with what to do' -ForEach $parameters {
        $given = @{ $Parameter = '' }
        $refused = { & $Command @given } | Should -Throw -PassThru
        $refused.FullyQualifiedErrorId | Should -BeLike 'Parameter*'
        "$refused" | Should -Match "Give |-$Parameter is empty|names no open|is not the address"
        "$refused" | Should -Not -Match 'Supply|Provide|because it is an empty string'
    }

    It 'null of <Command> -<Parameter> is refused with what to do' -ForEach $objects {
        $given = @{ $Parameter = $null }
        $refused = { & $Command @given } | Should -Throw -PassThru
        "$refused" | Should -Match "Give |is empty|names no open|is not the address|is not a|needs"
        "$refused" | Should -Not -Match 'Supply|Provide|because it is null'
    }
}

# The help topics in a terminal.
BeforeDiscovery {
    $manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
    $topics = Get-ChildItem (Join-Path (Split-Path $manifest) en-US/about_*.help.txt) | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$' } }
}

BeforeAll {
    $ErrorActionPreference = 'Stop'
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
}

Describe 'Get-Help <Topic>' -ForEach $topics {
    BeforeAll { $lines = (Get-Help $Topic | Out-String -Width 500) -split '\r?\n' }

    It 'fits 80 columns' {
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'has no markdown' {
        $lines | Where-Object { $_ -match '^\s*\|.*\|\s*$|\|\s*-{3}|\*\*|^\s*#{1,6} |\]\(|\\\||^\s*```' } | Should -BeNullOrEmpty
    }
}

Describe 'The help topics' {
    It 'are all found' -ForEach @{ Count = $topics.Count } {
        $Count | Should -BeGreaterThan 1
    }
}

# docs/examples/road.ps1, the example of datasets, in a fresh pwsh.
BeforeAll {
    $ErrorActionPreference = 'Stop'
    $manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
    $store = Join-Path $TestDrive 'store.cdb'

    function Invoke-Road {
        $script = "Import-Module '$manifest'; & '$PSScriptRoot/../../docs/examples/road.ps1' -Path '$store'"
        $output = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -OutputFormat Text -Command $script 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $output
        $output
    }

    $env:NO_COLOR = '1'
    $first = Invoke-Road
}

AfterAll { $env:NO_COLOR = $null }

Describe 'The road example' {
    It 'loads two series' {
        $first | Should -Match 'me/road/speed +451\s'
    }

    It 'shows means per hour' {
        $first | Should -Match 'Timestamp +mean +slowest +filled\s'
        $first | Should -Match '83[.,]17 +73 +5[.,]13\s'
    }

    It 'shows the speed at the highest traffic' {
        $first | Should -Match 'Timestamp +x +speed\s'
    }

    It 'shows the same at the second run' {
        Invoke-Road | Should -Be $first
    }
}

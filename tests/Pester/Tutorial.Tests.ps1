# The tutorial of the README, block by block, in one session and on a store of the test.
BeforeAll {
    $ErrorActionPreference = 'Stop'
    $manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
    Import-Module $manifest
    $section = [regex]::Match((Get-Content "$PSScriptRoot/../../README.md" -Raw), '(?ms)^## Tutorial.*?(?=^## )').Value
    $blocks = [regex]::Matches($section, '(?ms)^```powershell\r?\n(.*?)^```').ForEach{ [scriptblock]::Create($_.Groups[1].Value) }
    $store = Join-Path $TestDrive 'store.cdb'
    $PSDefaultParameterValues = @{ 'Connect-Cdb:Path' = $store; 'Watch-CdbStream:Timeout' = '1m'; 'Start-CdbServer:Path' = $store }
}

AfterAll {
    Get-CdbSubscription | Unregister-CdbSubscription
    Stop-CdbServer
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'The tutorial' {
    It 'runs as documented' {
        $blocks | Should -HaveCount 8
        $connectBlock, $subscribeBlock, $deviceBlock, $askBlock, $answerBlock, $switchBlock, $serveBlock, $endBlock = $blocks
        . $connectBlock
        . $subscribeBlock
        (Get-CdbDatapoint door).Data | Should -BeTrue

        . $deviceBlock
        . $askBlock
        (Get-CdbDatapoint lamp/light_control -Downlink).Origin | Should -Be 'me/user'
        (Get-CdbStream lamp/light_control).Datapoints | Should -Be 0

        . $answerBlock
        . $switchBlock
        (Get-CdbDatapoint lamp/light_control -Connection $me).Data | Should -BeTrue

        . $serveBlock
        . $endBlock
        Get-CdbConnection | Should -BeNullOrEmpty
    }
}

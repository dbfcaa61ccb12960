BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll {
    Stop-CdbLogger -WarningAction Ignore
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Test-CdbLogger' {
    It 'tests all destinations, and the logger knows its device afterwards' {
        $null = New-CdbDevice pi
        $log = New-CdbLogger "$TestDrive/both.db" -Sink (New-CdbSink -JsonFile "$TestDrive/both.jsonl"), (New-CdbSink -ConnectorDb $store -ApiKey (Get-CdbDevice pi).ApiKey)
        $log.Name | Should -BeNullOrEmpty
        Test-CdbLogger | Should -BeTrue
        $log.Name | Should -Be me/pi
        "$TestDrive/both.jsonl" | Should -Not -Exist
        $log.LastSync | Should -BeNullOrEmpty
    }

    It 'reports each destination that does not respond' {
        $log = New-CdbLogger "$TestDrive/one.db" -Sink (New-CdbSink -JsonFile "$TestDrive/one.jsonl"), (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d)
        $log | Test-CdbLogger -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike '*127.0.0.1:9*'
        Test-CdbLogger $log -Quiet | Should -BeFalse
    }

    It 'reports a logger without a destination' {
        $log = New-CdbLogger "$TestDrive/none.db"
        { Test-CdbLogger $log -ErrorAction Stop } | Should -Throw -ErrorId 'SinkFailed,*' -ExpectedMessage "*Set-CdbLogger '*' -Sink*"
        Test-CdbLogger $log -Quiet | Should -BeFalse
    }
}

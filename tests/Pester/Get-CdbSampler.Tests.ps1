BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Get-CdbSampler' {
    It 'says what it measures and whether it is here' {
        $ping = Get-CdbSampler net.ping
        $ping.Unit | Should -Be ms
        $ping.IsAvailable | Should -BeTrue
        (Get-CdbSampler windows.counter).IsAvailable | Should -Be $IsWindows
    }

    It 'names a key that is not there' {
        { Get-CdbSampler net.pong } | Should -Throw -ErrorId 'NotFound,*'
    }
}

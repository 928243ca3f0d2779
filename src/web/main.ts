/** Mounts the page. */
import { createApp } from 'vue';
import App from './App.vue';
import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';

createApp(App).mount('#app');
